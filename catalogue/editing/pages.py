"""The pages of a noun's table: fetch it, bring it back, look at what it would change, agree."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.rights import rights_of
from catalogue.editing import downloads, uploads
from catalogue.editing.forms import AgreeForm, ExportForm, UploadForm
from catalogue.editing.judging import judge_of
from catalogue.editing.telling import Told, tell
from catalogue.fields import Section
from catalogue.models import UploadedTable
from catalogue.tables import files
from catalogue.tables.applying import ChangedMeanwhileError, apply
from catalogue.tables.columns import columns_of
from catalogue.tables.grids import UnreadableError
from catalogue.tables.importing import CHANGED, NEW, Examined, examine
from lib.editing.undo_link import with_undo


class TablePages:
    """All asks the noun's own page in the admin: who may see which entries, and change them."""

    def __init__(self, site: AdminSite, section: Section) -> None:
        self.site, self.section = site, section
        self.route = f"catalogue_table_{section.name}"

    def urls(self) -> list[URLPattern]:
        start, wrap = f"catalogue/tables/{self.section.name}/", self.site.admin_view
        return [
            path(start, wrap(self.table), name=self.route),
            path(f"{start}<int:upload>/", wrap(self.check), name=f"{self.route}_check"),
        ]

    @property
    def page(self) -> Any:
        return self.site.get_model_admin(self.section.model)

    # -- fetch and bring back --------------------------------------------------------------------

    def table(self, request: HttpRequest) -> HttpResponseBase:
        if not self.page.has_view_permission(request):
            raise PermissionDenied
        may_import = rights_of(request.user).imports
        form = UploadForm(request.POST or None, request.FILES or None)
        if "format" in request.GET:
            return self._download(request)
        if request.method == "POST":
            if not may_import:
                raise PermissionDenied
            try:
                if form.is_valid():
                    return self._keep(request, form)
            except UnreadableError as wrong:
                form.add_error("file", str(wrong))
        words = {"export_form": ExportForm(), "upload_form": form if may_import else None}
        columns = [(column, column.label(), column.manner()) for column in columns_of(self.section)]
        title = _("Table of %(entries)s") % {"entries": self.section.model._meta.verbose_name_plural}
        return self._answer(request, "table.html", title=title, columns=columns, **words)

    def _download(self, request: HttpRequest) -> HttpResponseBase:
        form = ExportForm(request.GET)
        if not form.is_valid():
            return HttpResponseRedirect(request.path)
        found = self.page.get_queryset(request).order_by("slug")
        return downloads.table(self.section, found, form.cleaned_data["format"])

    def _keep(self, request: HttpRequest, form: UploadForm) -> HttpResponseRedirect:
        """A table whose columns nobody knows is refused here, beside the form."""
        examine(self.section, form.grid, judge_of(request, self.page))
        name = str(form.cleaned_data["file"].name)
        kept = uploads.keep(request.user, self.section, name, form.content)
        return HttpResponseRedirect(self._address("_check", kept.pk))

    # -- look and agree --------------------------------------------------------------------------

    def check(self, request: HttpRequest, upload: int) -> HttpResponseBase:
        if not rights_of(request.user).imports or not self.page.has_view_permission(request):
            raise PermissionDenied
        kept = get_object_or_404(uploads.of(request.user), pk=upload, section=self.section.name)
        form = AgreeForm(request.POST or None)
        try:
            if form.is_valid():
                return self._apply(request, kept, form)
            examined = examine(self.section, files.read(bytes(kept.content)), judge_of(request, self.page))
        except ChangedMeanwhileError as changed:
            examined = changed.examined
            text = _("Nothing was changed: in the meantime others have changed entries. Please look again.")
            messages.warning(request, text)
        except UnreadableError as wrong:
            messages.error(request, str(wrong))
            return HttpResponseRedirect(self._address())
        return self._show(request, kept, examined)

    def _show(self, request: HttpRequest, kept: UploadedTable, examined: Examined) -> TemplateResponse:
        told: Told = tell(examined)
        form = AgreeForm(initial={"fingerprint": examined.fingerprint, "reason": _reason(kept)})
        title = _("What “%(name)s” would change") % {"name": kept.name}
        return self._answer(request, "check.html", title=title, told=told, form=form)

    def _apply(self, request: HttpRequest, kept: UploadedTable, form: AgreeForm) -> HttpResponseRedirect:
        done, number = apply(
            self.section,
            files.read(bytes(kept.content)),
            judge_of(request, self.page),
            fingerprint=form.cleaned_data["fingerprint"],
            by=request.user,
            reason=form.cleaned_data["reason"] or _reason(kept),
        )
        kept.delete()
        messages.success(request, with_undo(_summary(done), number, self.site.name))
        return HttpResponseRedirect(reverse(f"{self.site.name}:{_list_of(self.section)}"))

    # -- the selection of a list -----------------------------------------------------------------

    def export(self, page: Any, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponseBase:
        """The action of the list: asks for the form, then gives the file."""
        form = ExportForm(request.POST if "format" in request.POST else None)
        if form.is_valid():
            return downloads.table(self.section, chosen, form.cleaned_data["format"])
        across = request.POST.get("select_across") == "1"
        keys = [] if across else request.POST.getlist(ACTION_CHECKBOX_NAME)
        count = chosen.count()
        title = ngettext("%(count)d entry as a table", "%(count)d entries as a table", count)
        words = {"keys": keys or ["0"], "across": across, "checkbox": ACTION_CHECKBOX_NAME}
        return self._answer(
            request, "export.html", title=title % {"count": count}, export_form=ExportForm(), **words
        )

    # -- inside ----------------------------------------------------------------------------------

    def _address(self, which: str = "", *arguments: Any) -> str:
        return reverse(f"{self.site.name}:{self.route}{which}", args=arguments)

    def _answer(self, request: HttpRequest, template: str, **words: Any) -> TemplateResponse:
        own = {"opts": self.section.model._meta, "table_url": self._address()}
        context = {**self.site.each_context(request), **own, **words}
        return TemplateResponse(request, f"catalogue/{template}", context)


def _list_of(section: Section) -> str:
    meta = section.model._meta
    return f"{meta.app_label}_{meta.model_name}_changelist"


def _reason(kept: UploadedTable) -> str:
    return _("Table “%(name)s”") % {"name": kept.name}


def _summary(done: Examined) -> str:
    changed, new = len(done.of(CHANGED)), len(done.of(NEW))
    texts = [
        ngettext("%(count)d entry was changed.", "%(count)d entries were changed.", changed)
        % {"count": changed},
        ngettext("%(count)d entry was added.", "%(count)d entries were added.", new) % {"count": new},
    ]
    return " ".join(text for text, count in zip(texts, (changed, new), strict=True) if count)
