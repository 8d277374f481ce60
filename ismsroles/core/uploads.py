"""Uploads are refused by size while they arrive, before they cost memory or disk (ASVS 5.2.1)."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class RefuseLargeUploads(FileUploadHandler):
    """Stops reading when a request brings more than the product takes; the form then says that no file came."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803 (Django's names)
        self.room = settings.UPLOAD_BYTES_AT_MOST
        self.announced = content_length or 0
        self.incoming = input_data

    def new_file(self, *args, **kwargs):
        """The earliest place where stopping is allowed: fields before the file, the form's token among them, are read."""
        super().new_file(*args, **kwargs)
        if self.announced > self.room + 1024 * 1024:
            self._stop()

    def receive_data_chunk(self, raw_data, start):
        self.room -= len(raw_data)
        if self.room < 0:
            self._stop()
        return raw_data

    def _stop(self) -> None:
        """Let the rest arrive and drop it, in large pieces (Django's own way reads it line by line), so that an answer can be given."""
        self.request.upload_too_large = True
        while self.incoming.read(256 * 1024):
            pass
        raise StopUpload(connection_reset=True)

    def file_complete(self, file_size):
        return None
