"""The blocks that come with the program, in the order in which editors are offered them."""

from gazetteer.pages.blocks.advert import Advert
from gazetteer.pages.blocks.base import PageBlock
from gazetteer.pages.blocks.category_children import CategoryChildren
from gazetteer.pages.blocks.category_path import CategoryPath
from gazetteer.pages.blocks.category_search import CategorySearch
from gazetteer.pages.blocks.category_siblings import CategorySiblings
from gazetteer.pages.blocks.category_tree import CategoryTree
from gazetteer.pages.blocks.directory_entrance import DirectoryEntrance
from gazetteer.pages.blocks.last_update import LastUpdate
from gazetteer.pages.blocks.lead_stories import LeadStories
from gazetteer.pages.blocks.letters import Letters
from gazetteer.pages.blocks.listings_block import Listings
from gazetteer.pages.blocks.menu import Menu
from gazetteer.pages.blocks.most_read import MostRead
from gazetteer.pages.blocks.narrow import Narrow
from gazetteer.pages.blocks.picture import PictureBlock
from gazetteer.pages.blocks.places import Places
from gazetteer.pages.blocks.search_box import SearchBox
from gazetteer.pages.blocks.section_stories import SectionStories
from gazetteer.pages.blocks.tag_cloud import TagCloud
from gazetteer.pages.blocks.text import FreeText
from gazetteer.pages.blocks.totals_line import TotalsLine
from gazetteer.web.plugins import hookimpl


@hookimpl
def page_blocks() -> list[type[PageBlock]]:
    return [
        LeadStories, SectionStories,
        DirectoryEntrance, Listings, Letters, Places, TotalsLine, CategorySearch, Narrow,
        CategoryTree, CategoryPath, CategorySiblings, CategoryChildren,
        PictureBlock, FreeText, Advert, Menu, SearchBox, TagCloud, MostRead, LastUpdate,
    ]  # fmt: skip
