"""Static files under names that carry a digest of their content, compressed once by `collectstatic`."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Names with digests where `collectstatic` has run, plain names where not (tests, a programmer's own server)."""

    manifest_strict = False
    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The name with its digest; Django's own would look for the file on disk and fail where none was collected."""
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))
