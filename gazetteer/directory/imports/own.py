"""Our own kinds of files, registered as those of a plug-in are."""

from gazetteer.directory.imports.readers import Reader, csv, jsonl, xlsx
from gazetteer.web.plugins import hookimpl


@hookimpl(trylast=True)
def import_readers() -> list[Reader]:
    return [jsonl.READER, csv.READER, xlsx.READER]
