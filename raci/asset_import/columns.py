"""Which column of a list of assets is which. Only these can be taken in, whatever a heading says (security.md, case 18)."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from ismsroles.core.tabular import key
from raci.models import Asset

LABELS = {
    "external_id": _("Number"),
    "name": _("Name"),
    "kind": _("Kind"),
    "area": _("Area"),
    "classification": _("Classification"),
    "owner_role": _("Owner (role)"),
    "owner_person": _("Owner (person)"),
    "owner": _("Owner"),
    "custodian_role": _("Custodian (role)"),
    "custodian_person": _("Custodian (person)"),
    "custodian": _("Custodian"),
    "link": _("Link"),
    "note": _("Note"),
}
_HEADINGS = {
    "external_id": "number id assetid assetnumber inventorynumber nummer inventarnummer numéro número ref reference",
    "name": "name asset assetname title system service application supplier bezeichnung anlage nom actif nombre activo",
    "kind": "kind type category assettype art typ kategorie catégorie tipo",
    "area": "area department unit bereich abteilung service_ domaine área departamento",
    "classification": "classification class confidentiality klassifizierung schutzbedarf clasificación",
    "owner_role": "owner(role) ownerrole ownerasarole",
    "owner_person": "owner(person) ownerperson ownerasaperson ownersemail",
    "owner": "owner assetowner accountable eigentümer eigner verantwortlich propriétaire responsable propietario dueño",
    "custodian_role": "custodian(role) custodianrole",
    "custodian_person": "custodian(person) custodianperson",
    "custodian": "custodian administrator admin keeper verwalter betreuer gestionnaire custodio",
    "link": "link url address contract verweis lien enlace",
    "note": "note notes remark remarks comment description bemerkung beschreibung remarque description_ nota",
}
_KINDS = {
    "information": "information informationasset info daten document documents",
    "system": "system application app server software hardware anwendung système sistema",
    "data_set": "dataset data database datenbank datensatz données datos",
    "share": "share shareddrive drive folder fileshare laufwerk netzlaufwerk ordner lecteur unidad",
    "cloud": "cloud saas cloudservice cloudservicesaas clouddienst iaas paas",
    "supplier": "supplier vendor provider thirdparty lieferant dienstleister fournisseur proveedor",
}
FIELD_OF = {key(word): field for field, words in _HEADINGS.items() for word in words.split()}
KIND_OF = {key(word): kind for kind, words in _KINDS.items() for word in words.split()} | {
    key(kind): kind for kind, _words in Asset.KINDS
}
KNOWN = set(FIELD_OF)


def guess_mapping(headers: Sequence[str]) -> dict[str, str]:
    """field → heading, as far as the headings say; each heading is used once."""
    mapping: dict[str, str] = {}
    for header in headers:
        field = FIELD_OF.get(key(header))
        if field and field not in mapping:
            mapping[field] = header
    return mapping


def allowed(mapping: Mapping[str, str], headers: Sequence[str]) -> dict[str, str]:
    """The mapping a person sent, without anything that is not on the list of columns or not a heading of the file."""
    return {field: mapping[field] for field in LABELS if mapping.get(field) in headers}
