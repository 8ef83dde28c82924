"""The words by which a named actor is told from a sort of actors, in folded Romanian."""

from __future__ import annotations

import re

from ingest.plan.text import word_set

BODY = (
    r"asociati[ae]i?|fundati[ae]i?|federati[ae]i?|uniune[ai]i?|agenti[ae]i?|institutul(?:ui)?|universitate[ai]i?|consiliul(?:ui)?|"
    r"consilii(?:le)?|comisi[ae]i?|comitetul(?:ui)?|centrul(?:ui)?|directi[ae]i?|primari[ae]i?|prefectur[ai]i?|"
    r"inspectoratul(?:ui)?|camera|casa|clubul|societatea|cooperativa|organizatia|liga|reteaua|platforma|"
    r"grupul|colegiul|liceul|scoala|muzeul|teatrul|biblioteca|filarmonica|politia|serviciul|oficiul|"
    r"ministerul|academia|parohia|arhiepiscopia|mitropolia|sindicatul|confederatia|clusterul|compania|"
    r"municipiul(?:ui)?|orasul(?:ui)?|comuna|judetul"
)
"""First words of the name of one body."""

GENERIC = (
    r"universitati\w*|ong\w*|organizati(?:i|ile|ilor)|asociati(?:i|ile|ilor)|fundati(?:i|ile|ilor)|institutii\w*|autoritati\w*|"
    r"compani(?:i|ile|ilor)|firme\w*|intreprinderi\w*|imm\w*|actori\w*|experti\w*|formatori\w*|specialisti\w*|"
    r"cetateni\w*|locuitori\w*|tineri\w*|elevi\w*|studenti\w*|seniori\w*|pensionari\w*|voluntari\w*|"
    r"profesori\w*|cadre|parinti\w*|grupuri\w*|scoli\w*|licee\w*|biblioteci\w*|muzee\w*|parteneri\w*|"
    r"reprezentanti\w*|mediul|sectorul|societatea civila|comunitati\w*|mass|presa|jurnalisti\w*|media|"
    r"functionari\w*|angajati\w*|antreprenori\w*|investitori\w*|dezvoltatori\w*|cercetatori\w*|"
    r"persoane\w*|membri\w*|entitati\w*|structuri\w*|servicii\w*|directii\w*|primarii\w*|consultanti\w*|"
    r"sindicate\w*|patronate\w*|culte\w*|operatori\w*|furnizori\w*|lideri\w*|artisti\w*|facilitatori\w*|"
    r"comunitatea(?: (?:tech|it|academica|locala|de afaceri))?(?= |$)|publicul|populatia|finantatori\w*|ambasade\w*|"
    r"centre|cluburi\w*|federatii\w*|agentii(?:le)?|camerele|retele\w*|think|startup\w*|start-up\w*|clustere\w*|alumni"
)
"""First words of a sort of actors; never the name of one."""

QUANTIFIER = re.compile(
    r"(?:(?:si|cat si|alte|alti|altor|alt|toate|toti|orice|oricare|diverse|diversi|diferite|diferiti|diversele|unele|unii|posibil[ei]?|cele|cei|eventual[ei]?|inclusiv|precum|ca|de exemplu|alaturi de|atat) )+"
)
COUNCIL = re.compile(r"(?:consili|comisi|comitet|grupuri de lucru)\w*")
ETC = re.compile(r"(?:,? ?(?:s\.?a\.?m?\.?d?\.?|etc\.?|si alt(?:ele|ii)|\.\.\.|…))+$")
POSSESSIVE = re.compile(r"(?:al|a|ai|ale|de|din|pentru|privind|pe|in domeniul)\b")
FUNCTION = word_set(
    "a al ai ale ca care ce cu de din dintre in la pe pentru prin privind sau si spre ori cel cea "
    "lor lui ne nu se sa un o unei unui ca"
)
SCOPES = re.compile(
    r"(?:national|global|local|international|regional|european|judetean|central|zonal)[ae]?"
)
GENERIC_ADJECTIVES = re.compile(
    r"(?:neguvernamental|public|privat|local|informal|civic|academic|economic|scolar|cultural|social|"
    r"consultativ|specializat|acreditat|interesat|national|international|universitar|medical|sportiv|"
    r"nonprofit|centrale|judetene|studentest|profesional)\w*"
)
PARTICIPLE = re.compile(r"\w{3,}(?:ati|ate|iti|ite|uti|ute|ita|ata)")
KEPT_ADJECTIVES = word_set("privati private publice publici")
_ARTICLES = (
    (r"(?<=ur)ile$", "i"),
    (r"(?<=i)ile$", "i"),
    (r"(?<=[a-z])ele$", "e"),
    (r"(?<=[a-z]{3})ile$", "i"),
    (r"(?<=[a-z]{2})ii$", "i"),
)


def without_article(word: str, folded: str) -> str:
    """A plural noun without its article: `Universitățile` → `universități`."""
    for pattern, end in _ARTICLES:
        if re.search(pattern, folded) and not (
            end == "i" and folded.endswith(("utii", "atii", "anii", "agentii"))
        ):
            cut = re.sub(pattern, end, folded)
            return word[: len(cut) - 1] + end
    return word
