"""The triggers that keep what follows from stories and sections, in the transaction of whatever write.

* `news_storyrow`: one row for each published story and section that lists it (its own, its others, all above these);
* `shown_at` of bylines and tags of stories: the story's own, so that an author's or a tag's list is one index range;
* `news_oldaddress`: a story, section, author, tag or storyline with a new web address leaves its old one behind.

On PostgreSQL a story that is filed while a section moves could be read against the old tree; so filing holds a
shared advisory lock and a move the exclusive one, and the statement after the lock sees what the other committed.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from gazetteer.changes.triggers import Trigger, declare
from gazetteer.news.models.section import DEEPEST, STEP

TREE_LOCK = 7_203_002
STATE = "live, embargoed, deleted_at, status, published_at, section_id"
OTHERS = "news_article_other_sections"
STEPS = " UNION ALL ".join(f"SELECT {STEP * depth} AS length" for depth in range(1, DEEPEST + 1))


def fill(articles: str) -> str:
    """Insert the rows of the published stories for which the condition on `a` holds."""
    filed = (
        f"SELECT a.id, a.section_id, a.shown_at FROM news_article a WHERE a.section_id IS NOT NULL AND {articles}"
        f" UNION SELECT a.id, o.section_id, a.shown_at FROM news_article a"
        f" JOIN {OTHERS} o ON o.article_id = a.id WHERE {articles}"
    )
    return f"""
        INSERT INTO news_storyrow (section_id, article_id, published_at)
        SELECT DISTINCT above.id, filed.id, filed.shown_at
        FROM ({filed}) filed
        JOIN news_section own ON own.id = filed.section_id
        JOIN ({STEPS}) steps ON steps.length <= length(own.path)
        JOIN news_section above ON above.path = substr(own.path, 1, steps.length)
        WHERE filed.shown_at IS NOT NULL;"""


def refill(article: str) -> str:
    return f"DELETE FROM news_storyrow WHERE article_id = {article}; {fill(f'a.id = {article}')}"


def filed_below(path: str) -> str:
    """Ids of the stories filed in the section at `path` or below it."""
    below = f"SELECT id FROM news_section WHERE substr(path, 1, length({path})) = {path}"
    return (
        f"SELECT id FROM news_article WHERE section_id IN ({below})"
        f" UNION SELECT article_id FROM {OTHERS} WHERE section_id IN ({below})"
    )


def shared() -> str:
    return f"PERFORM pg_advisory_xact_lock_shared({TREE_LOCK});"


def both(name: str, table: str, event: str, body: str, *, when: tuple[str, str] = ("", ""), lock: str = "") -> Trigger:
    """The same row trigger on both databases; `when` is SQLite's condition and PostgreSQL's."""
    head = f"AFTER {event} ON {table} FOR EACH ROW"
    return Trigger(
        name,
        table,
        sqlite=f"{head} {f'WHEN {when[0]}' if when[0] else ''} BEGIN {body} END",
        postgres=f"{head} {f'WHEN ({when[1]})' if when[1] else ''}",
        postgres_body=f"BEGIN {lock} {body} RETURN NULL; END",
    )


def differ(*columns: str) -> tuple[str, str]:
    """That any of the columns changed, in each database's words."""
    return (
        " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns),
        " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns),
    )


@declare
def triggers() -> Iterator[Trigger]:
    yield from of_stories()
    yield from of_other_sections()
    yield from of_shown_at("news_byline", "article_id")
    yield from of_shown_at("news_taggedarticle", "content_object_id")
    yield of_moved_sections()
    yield from of_addresses()


def of_stories() -> Iterator[Trigger]:
    shown = "NEW.shown_at IS NOT NULL"
    yield both("story_insert", "news_article", "INSERT", fill("a.id = NEW.id"), when=(shown, shown), lock=shared())
    followers = "".join(
        f"UPDATE {table} SET shown_at = NEW.shown_at WHERE {column} = NEW.id;"
        for table, column in (("news_byline", "article_id"), ("news_taggedarticle", "content_object_id"))
    )
    yield both(
        "story_update",
        "news_article",
        f"UPDATE OF {STATE}",
        refill("NEW.id") + followers,
        when=differ("shown_at", "section_id"),
        lock=shared(),
    )
    yield both("story_delete", "news_article", "DELETE", "DELETE FROM news_storyrow WHERE article_id = OLD.id;")


def of_other_sections() -> Iterator[Trigger]:
    for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
        lock = f"{shared()} PERFORM 1 FROM news_article WHERE id = {row}.article_id FOR NO KEY UPDATE;"
        name = f"other_section_{event.lower()}"
        yield both(name, OTHERS, event, refill(f"{row}.article_id"), lock=lock)
    lock = f"{shared()} PERFORM 1 FROM news_article WHERE id IN (OLD.article_id, NEW.article_id) FOR NO KEY UPDATE;"
    body = refill("OLD.article_id") + refill("NEW.article_id")
    yield both("other_section_update", OTHERS, "UPDATE", body, lock=lock)


def of_shown_at(table: str, article: str) -> Iterator[Trigger]:
    """A byline or tag carries its story's `shown_at`, whatever a form or an old draft writes there."""
    value = f"(SELECT shown_at FROM news_article WHERE id = NEW.{article})"
    short = table.removeprefix("news_")
    set_it = f"UPDATE {table} SET shown_at = {value} WHERE id = NEW.id;"
    for event in ("INSERT", f"UPDATE OF {article}, shown_at"):
        yield Trigger(
            f"{short}_shown_{event.split()[0].lower()}",
            table,
            sqlite=f"AFTER {event} ON {table} FOR EACH ROW WHEN NEW.shown_at IS NOT {value} BEGIN {set_it} END",
            postgres=f"BEFORE {event} ON {table} FOR EACH ROW",
            postgres_body=f"BEGIN NEW.shown_at := {value}; RETURN NEW; END",
        )


def of_moved_sections() -> Trigger:
    moved = filed_below("NEW.path")
    return both(
        "section_move",
        "news_section",
        "UPDATE OF path",
        f"DELETE FROM news_storyrow WHERE article_id IN ({moved}); {fill(f'a.id IN ({moved})')}",
        when=differ("path"),
        lock=f"PERFORM pg_advisory_xact_lock({TREE_LOCK});",
    )


def of_addresses() -> Iterator[Trigger]:
    day = {
        "sqlite": "replace({row}.address_date, '-', '/')",
        "postgres": "to_char({row}.address_date, 'YYYY/MM/DD')",
    }
    changed = differ("slug", "address_date")
    had_one = "OLD.first_published_at IS NOT NULL AND OLD.address_date IS NOT NULL AND"
    story = {vendor: f"'/news/' || {text} || '/' || {{row}}.slug || '/'" for vendor, text in day.items()}
    yield Trigger(
        "story_address",
        "news_article",
        sqlite=(
            f"AFTER UPDATE OF slug, address_date ON news_article FOR EACH ROW WHEN {had_one} ({changed[0]})"
            f" BEGIN {leave_behind('article_id', story['sqlite'])} END"
        ),
        postgres=(f"AFTER UPDATE OF slug, address_date ON news_article FOR EACH ROW WHEN ({had_one} ({changed[1]}))"),
        postgres_body=f"BEGIN {leave_behind('article_id', story['postgres'])} RETURN NULL; END",
    )
    changed = differ("address")
    readable = "OLD.address NOT LIKE '%#%' AND NEW.address NOT LIKE '%#%' AND"
    yield both(
        "section_address",
        "news_section",
        "UPDATE OF address",
        leave_behind("section_id", "'/news/' || {row}.address || '/'"),
        when=(f"{readable} ({changed[0]})", f"{readable} ({changed[1]})"),
    )
    for name in ("author", "tag", "storyline"):
        yield both(
            f"{name}_address",
            f"news_{name}",
            "UPDATE OF slug",
            leave_behind(f"{name}_id", f"'/news/{name}/' || {{row}}.slug || '/'"),
            when=differ("slug"),
        )


def leave_behind(owner: str, path: str) -> str:
    """Keep the old path; forget one that is the present one again."""
    old, new = path.format(row="OLD"), path.format(row="NEW")
    return (
        f"DELETE FROM news_oldaddress WHERE path IN ({old}, {new});"
        f" INSERT INTO news_oldaddress (path, {owner}) VALUES ({old}, NEW.id);"
    )


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """Make all derived rows anew from the facts; for `gazetteer rebuild` and after a raw load without triggers."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM news_storyrow")
        cursor.execute(fill("a.shown_at IS NOT NULL").strip().rstrip(";"))
        for table, column in (("news_byline", "article_id"), ("news_taggedarticle", "content_object_id")):
            value = f"(SELECT shown_at FROM news_article WHERE id = {table}.{column})"
            cursor.execute(f"UPDATE {table} SET shown_at = {value}")
