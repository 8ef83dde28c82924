"""Funds and programmes open to every Romanian city, under the short names that plans use."""

from __future__ import annotations

FUNDS: dict[str, str] = {
    "por": "Programul Operațional Regional", "pnrr": "Planul Național de Redresare și Reziliență",
    "poca": "Programul Operațional Capacitate Administrativă",
    "pocu": "Programul Operațional Capital Uman", "poc": "Programul Operațional Competitivitate",
    "poim": "Programul Operațional Infrastructură Mare", "peo": "Programul Educație și Ocupare",
    "ptj": "Programul Tranziție Justă", "pndr": "Programul Național de Dezvoltare Rurală",
    "poids": "Programul Incluziune și Demnitate Socială", "poat": "Programul Operațional Asistență Tehnică",
    "eea grants": "EEA Grants", "erasmus+": "Erasmus+", "horizon europe": "Horizon Europe",
    "orizont europa": "Orizont Europa", "urbact": "URBACT", "interreg": "Interreg", "cerv": "CERV",
    "granturile see": "Granturile SEE", "granturi norvegiene": "Granturi Norvegiene",
    "granturile norvegiene": "Granturile Norvegiene", "norway grants": "Norway Grants",
    "fedr": "FEDR", "fse+": "FSE+", "fse": "FSE", "active citizens fund": "Active Citizens Fund",
    "orizont 2020": "Orizont 2020", "europa digitala": "Europa Digitală", "digital europe": "Digital Europe",
    "life": "LIFE", "afm": "AFM", "afcn": "AFCN",
}  # fmt: skip
