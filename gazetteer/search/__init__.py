"""Finding things: what is asked, who answers, the page with the results. Engines come under `engines/`."""
