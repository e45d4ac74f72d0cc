"""All that begins with a prefix, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.search.ranges import after


@given(
    st.text(st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF), min_size=1, max_size=20),
    st.text(max_size=5),
)
def test_all_that_begins_with_a_prefix_lies_in_its_range(prefix, rest):
    assert prefix <= prefix + rest < after(prefix)
