"""A column for a picture: what is saved into it is drawn anew, whichever way it came."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext as _

from lib.pictures import FORMATS, MOST_BYTES, Drawn, PictureError, draw
from lib.whole_files import write_whole


class PictureFile(ImageFieldFile):
    """Beside the file itself lie its smaller forms, all in a folder named after their content."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Draws the picture anew, unless its form has done so; raises PictureError. `name` is not used."""
        drawn = getattr(content, "drawn", None) or draw(content)
        self.name = keep(drawn, self.storage, self.field.upload_to)
        setattr(self.instance, self.field.attname, self.name)
        self._committed = True
        if save:
            self.instance.save()


def keep(drawn: Drawn, storage: Any, folder: Any) -> str:
    """Store the files that are not there yet, each as a whole; the name of the main one."""
    place = f"{str(folder).rstrip('/')}/{drawn.digest}"
    Path(storage.path(place)).mkdir(parents=True, exist_ok=True)
    for name, content in drawn.files.items():
        path = Path(storage.path(f"{place}/{name}"))
        if not path.exists():
            write_whole(path, content, settings.FILE_UPLOAD_PERMISSIONS)
    return f"{place}/{drawn.main}"


class PictureFormField(forms.FileField):
    """Takes a picture by its content and gives it on drawn anew."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if isinstance(widget, forms.FileInput):
            attrs.setdefault("accept", ",".join(f"image/{kind.lower()}" for kind in FORMATS))
            # Read by static/admin_site/pictures.js.
            attrs["data-most"] = str(MOST_BYTES)
            attrs["data-too-large"] = _("A picture may have %(most)d MB.") % {"most": MOST_BYTES // 1_000_000}
        return attrs

    def to_python(self, data: Any) -> Any:
        file: Any = super().to_python(data)
        if file is None:
            return None
        try:
            file.drawn = getattr(file, "drawn", None) or draw(file)
        except PictureError as wrong:
            raise ValidationError(str(wrong), code="invalid_image") from wrong
        return file


class PictureField(models.ImageField):
    attr_class = PictureFile

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PictureFormField, **kwargs})


def draw_ahead(model: type[models.Model], files: Any) -> None:
    """What was sent for pictures of a model, before its form is read and others have to wait for their turn.

    What is no picture is left for the form to refuse.
    """
    for field in model._meta.fields:
        file: Any = files.get(field.name) if isinstance(field, PictureField) else None
        if file is not None and not hasattr(file, "drawn"):
            with suppress(PictureError):
                file.drawn = draw(file)
