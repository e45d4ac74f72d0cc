"""Plain text pages in the shapes they come in, in words of our own."""

LONG = (
    'Boats stopped in 2010 when the pier at Fisk was found to be unsafe. "We have waited long enough," said Anna Berg, '
    "who chairs the board."
)

PAGE = f"""Saturday, 13 April 2019 07:47

Ferry Line to Reopen After Nine Years

The ferry between Halden and Fisk will sail again in May, the harbour board said on Friday.

{LONG}

Workers lay the last planks of the rebuilt pier in Fisk, April 11, 2019.

”It is a good day," said the mayor.

The first boat leaves at 6 in the morning.


World News

Latest World News

There are 30953 listings and 922 categories in our website"""
