"""Diagnoses in words: a list of what diseases are called in German (and the commonest in English).

A word of the list counts with anything joined to it, unless that makes it a service (`Grippeimpfung`, `Tumormarker`) or
it is somebody's name (`Herr Krebs`). Texts come folded (`fold.checked`). It cannot know every disease.
"""

import re
from functools import lru_cache

_ANYWHERE = (
    # psyche
    "depression|depressiv|schizophren|psychose|psychotisch|burn[ -]?out|demenz|dement(?=\\b|e)|alzheimer|borderline|bipolar|manisch|suizid|"
    "selbstverletz|selbstmord|alkoholabhängig|alkoholsucht|alkoholi|alkoholmissbrauch|drogenabhängig|drogensucht|spielsucht|"
    "suchterkrank|suchtkrank|abhängigkeitssyndrom|magersucht|anorexi|bulimi|essstörung|essanfäll|panikattack|panikstör|angststör|"
    "angstzust|angsterkrank|zwangsstör|zwangsgedank|zwangshand|phobie|phobisch|persönlichkeitsstör|anpassungsstör|belastungsstör|"
    "posttraumatisch|ptbs|insomnie|schlafstör|schlaflos|schlafapnoe|erschöpfungs(?:zustand|syndrom|depression)|neurose|neurotisch|"
    "somatoform|dissoziativ|aufmerksamkeitsdefizit|hyperaktivität|autis|asperger|tourette|legasthen|dyskalkul|stottern|poltern|"
    "mutismus|enuresis|einnässen|einkoten|intelligenzminder|entwicklungsverzöger|entwicklungsstör|geschlechtsdysphor|"
    # nerves and senses
    "epilep|migrän|parkinson|multiple sklerose|polyneuropath|neuralgi|hirntumor|hirnblutung|schlaganfall|apoplex|apople(?=xie)|"
    "hemiparese|halbseitenläh|querschnittl|querschnittsl|lähmung|parese|aphasi|dysarthri|dysphagi|dyslali|stimmlippen(?:läh|knöt)|"
    "sprachstör|sprechstör|redefluss|schluckstör|stimmstör|gleichgewichtsstör|schwindel(?!frei|ig)|tinnitus|hörsturz|schwerhörig|"
    "taubheit|glaukom|grüner star|grauer star|katarakt|makuladegen|netzhautabl|erblind|bindehautentz|meningitis|enzephal|"
    "karpaltunnel|carpaltunnel|kopfschmerz|gürtelrose|facialis|fazialis|trigeminus|narkolep|ataxi|spasti|dystoni|"
    # heart, blood, lungs
    "bluthochdruck|hyperton|hypotoni|herzinfarkt|myokardinf|infarkt|herzinsuff|insuffizienz|vorhofflimm|herzrhythmus|arrhythm|"
    "angina pectoris|koronare herz|khk\\b|embolie|thrombos|krampfader|varikose|varizen|arteriosklero|atherosklero|aneurysma|"
    "durchblutungsstör|anämi|leukämi|lymphom|hämophili|blutarmut|asthma|copd\\b|bronchi(?:tis|ektas)|pneumoni|lungenentzünd|"
    "lungenfibros|mukoviszid|lungenemphys|tuberkul|lymphödem|lipödem|ödem(?:e|en|a)?\\b|raynaud|"
    # metabolism, belly, kidneys
    "diabet|adiposit|fettleib|fettleber|leberzirrh|zirrhose|hepatiti|gicht(?=\\b|anfall|arthr)|hashimoto|basedow|hypothyre|hyperthyre|"
    "schilddrüsen(?:unter|über|krebs|knoten)|cholesterinäm|metabolisches syndrom|gastrit|kolitis|colitis|crohn|reizdarm|reizmagen|"
    "sodbrennen|refluxkrank|reflux(?=\\b|ösoph)|magengeschw|ulkus|ulcus|zöliaki|laktoseintol|fruktoseintol|hämorrhoid|gallenstein|"
    "pankreatit|divertikul|appendizit|blinddarmentz|leistenbruch|hernie|nabelbruch|nierenstein|nierenvers|niereninsuff|dialysepfl|"
    "inkontinen|harnwegsinf|blasenentzünd|zystitis|prostatahyper|prostatit|erektionsstör|erektile|impotenz|unfruchtbar|sterilität|"
    "endometrios|wechseljahresbeschw|fehlgeburt|abtreibung|schwangerschaftsabbr|totgeburt|präeklamp|obstipation|verstopfung|"
    # growths
    "krebs(?!e\\b)|karzinom|carcinom|tumor|sarkom|melanom|metasta|basaliom|malign|chemotherap|myom\\b|myome\\b|lipom|adenom|"
    # bones and muscles
    "bandscheibenv|bandscheibensch|diskusprol|prolaps|protrusion|ischias|ischialgi|lumbago|lumbalgi|hexenschuss|skolios|kyphos|"
    "arthros|arthrit|rheuma|osteopor|spondyl|morbus|bechterew|scheuermann|fraktur|knochenbruch|wirbelbruch|rippenbruch|luxation|"
    "verrenkung|bänderriss|bandruptur|kreuzbandr|meniskus|rotatorenmansch|muskelfaserr|zerrung|distorsion|verstauchung|"
    "tennisellenb|golferellenb|epikondyl|epicondyl|impingement|frozen shoulder|schultersteif|fersensporn|hallux|plattfuß|senkfuß|"
    "klumpfuß|hüftdyspl|fibromyalg|sarkopen|bursitis|tendin|sehnenentz|sehnenriss|facettensyn|hws-syn|lws-syn|bws-syn|"
    "schleudertrauma|schädel-hirn|schädelhirn|polytrauma|amputat|kontraktur|beckenschief|listhes|stenose|(?:rücken|nacken|knie|schulter|"
    "hüft|bauch|gelenk|kreuz|fuß|brust|zahn|hals|ohren|glieder|muskel|nerven)schmerz|"
    "(?:rücken|herz|magen|gelenk|knie|hüft|nerven|blasen|nieren|darm|bandscheiben|schulter|nacken|wirbelsäulen)(?:beschwerden|leiden)|"
    "bandscheiben-?op|hüft-?tep|knie-?tep|endoprothese|nervenzusammenb|dialyse(?!gerät)|ängste\\b|angst\\b|"
    # skin, infections, allergies, inborn
    "neurodermit|psoriasis|schuppenflecht|ekzem|akne\\b|urtikari|nesselsucht|rosazea|warzen|pilzinfekt|mykose|hautpilz|nagelpilz|"
    "krätze|skabies|impetigo|erysipel|wundrose|abszess|furunkel|dekubit|sepsis|hiv\\b|hiv-|aids\\b|syphilis|gonorrh|tripper|chlamyd|"
    "herpes|borreli|covid|coronainf|influenza|grippe|masern|mumps|röteln|windpocken|scharlach|keuchhusten|mononukle|"
    "pfeiffersch|toxoplasm|malaria|allergie\\b|allergien\\b|allergisch|heuschnupfen|anaphyla|lupus|sarkoidos|immundefekt|trisomie|"
    "down-syndrom|spina bifida|zerebralpar|cerebralpar|lippen-kiefer|long[ -]?covid|fatigue|syndrom\\b|syndroms\\b|dystrophie|"
    # as people call them
    "zuckerkrank|depris?\\b|reizblase|bettnäss|offene[mns]? bein|zöli\\b|trauma(?=\\b|ta\\b|tis)|wirbelgleiten|nesselfieber|gehirnerschütt|"
    "übergewicht|gelbsucht|wassersucht|fallsucht|schwindsucht|kaufsucht|esssucht|brechsucht|arbeitssucht|tablettensucht|internetsucht|"
    "(?:nieren|gallen)kolik|raucherbein|kreislaufkollaps|geisteskrank|gemütskrank|nervenkrank|spreizfuß|knickfuß|hohlfuß|überbein|"
    "karies|parodont|wundlieg|hautausschlag|durchfall|magenverstimm|muskelschwund|bluthusten|lese-?rechtschreib|"
    "(?:lese|rechtschreib|rechen|seh|hör|konzentrations|gedächtnis|immun|bindegewebs)schwäche|"
    # shortened, or as they are mistyped
    "depr\\. |mittelgr\\.|diab\\. ?mell|bluthochdr|herzinf\\.|schm\\.|syndr\\.|\\w{4,}lux\\.|erkr\\.|entz\\.|frakt\\.|insuff\\.|beschw\\.|unverträgl\\.|störg|"
    "\\w{4,}-?fx\\b|hep\\. ?[abc]\\b|hemi (?:re|li)|z\\. ?n\\.|zust(?:and|\\.) n(?:ach|\\.)|chron\\. |chronische[rnms]? (?!krank|erkrank)|"
    "(?:mamma|bronchial|prostata|kolon|colon|rektum|zervix|cervix|ovarial|magen|pankreas|blasen|nieren|larynx)[ -]?ca\\b|chemo\\b|entw\\.-?stör|runner'?s knee|"
    "alkoholproblem|süchtig|erschöpfung\\b|erschöpfungssyn|trauerreaktion|ad\\(h\\)s|zwangserkr|artikulationsstör|dysgrammat|"
    "sigmatism|lispeln|bruxis|parästhes|taubheitsgef|intoleranz|(?:unter|über)funktion(?!al)|dysfunktion|gelenkersatz|ruptur(?=\\b|en\\b)|"
    "(?:psychisch|seelisch|psych\\.)\\w* (?:erkr|probl|krank|stör|leiden|belast)|hexenschu(?:ß|s\\b)|m\\. ?(?:sudeck|meni[eè]re|dupuytren|"
    "perthes|schlatter|haglund|ledderhose|hodgkin|kahler|crohn)|depres+[ij]|tinitus|diabetis|migr(?:ähn|en\\b)|reuma|rheumha|al[tz]z?heim|"
    "parkison|artros|athros|artrit|skolyos|b[oö]u?rn?[ -]?out|epilepsi|as[th]+ma|alergi|osteopros|bandscheibnv|schlagenfall|"
    # English
    "anxiety disorder|cancer|hypertension|stroke|fracture|epilepsy|dementia|arthritis|schizophrenia|addiction|back pain|headache|eczema"
)
#: A part of the body and what may be wrong with it: joined, they are a disease.
_PART = (
    "oberschenkel|unterschenkel|schenkel|hals|hüft|bein|arm|hand|gelenk|finger|daumen|zehen?|fuß|knöchel|knie|becken|rippen?|wirbel|"
    "schulter|nasen|kiefer|schädel|ellenbogen|bänder|kreuzband|innenband|außenband|seitenband|sehnen?|muskel|milz|trommelfell|leisten|"
    "nabel|meniskus|haut|herz|leber|nieren?|lungen?|magen|darm|blasen?|gallen|drüsen|augen?|(?<!r)ohr(?:en)?|zahn|kopf|bauch|brust|"
    "rücken|nacken|wirbelsäulen|nerven|blut|gefäß|venen|scheiden|hirn|gebärmutter|eierstock|prostata|hoden|mandel|höhlen|kreislauf|beckenboden|sprunggelenk|achillessehnen|bandscheiben|kiefergelenk"
)
_WRONG = (
    "brüche?|bruch|risse?|schmerz(?:en)?|beschwerden|leiden|schwäche|versagen|schwund|verletzung(?:en)?|blutung(?:en)?|steine?|geschwulst|"
    "verschleiß|verkalkung|verkrümmung|verengung|kolik(?:en)?|krämpfe|krampf|prellung|quetschung|schwellung|senkung|vergrößerung"
)
_ENDINGS = (
    rf"\w*(?:{_PART})s?(?:{_WRONG})|\w*(?:{_PART})-op|\w{{2,6}}-(?:risse?|brüche?|bruch)|"
    r"\w{3,}-?(?:krankheit|erkrankung|vergiftung|unverträglichkeit|behinderung|infektion|geschwür)(?:en|e|s)?|\w*entzündung(?:en)?|"
    r"\w{3,}(?:itis|itiden|algien?|phobien?|plegien?|karzinome?|störung(?:en)? der (?:psyche|stimme|sprache)|neuropathien?|myopathien?|"
    r"kardiopathien?|retinopathien?|nephropathien?|enzephalopathien?)"
)
_SPELLINGS = str.maketrans({"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"})
_DISEASE = re.compile(
    rf"(?<![^\W\d_])(?:\w*(?:{_ANYWHERE.translate(_SPELLINGS)})\w*|(?:{_ENDINGS.translate(_SPELLINGS)})\b)(?:-\w+)*",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:ADHS|ADHD|aHT|ASS(?=-St)|ADS|PTBS|CRPS|BSV|SVV|SHF|CMD(?!-)|PMS(?!-)|COPD|KHK|pAVK|PAVK|HIV|TIA|LRS|MS(?![ -](?i:office|teams|word|excel|windows|access|outlook|exchange|sql))|ALS|BPH|(?:DM|Dm) (?:Typ|II|2|I|1)|COVID-19|CFS|ME/CFS|CTS|PCOS)(?!\w|-?[Tt]est)"
)
_SERVICE = re.compile(
    r"(?:impf\w*|tests?|testung\w*|schnelltest\w*|screening\w*|vorsorge\w*|früherkennung\w*|marker\w*|faktor(?:en)?|prophylaxe\w*|"
    r"schulung\w*|sprechstunde\w*|prävention\w*|kurse?s?|liga|hilfe|zentrum\w*|klinik\w*|gesellschaft\w*|stiftung\w*|ambulanz\w*|"
    r"bestimmung\w*|register\w*|vermeidung\w*|diagnostik|antikörper\w*|tüv|frei|freiheit|nachweis|pass|seminar\w*|vortrag\w*|"
    r"messung\w*|spezifisch\w*|(?:bach|graben|gasse|weg|straße|strasse|str|allee|platz|ufer|mühle|tal|berg|feld|hof|damm|steig))$",
    re.IGNORECASE,
)
_SERVICE_BESIDE = re.compile(
    r"(?:(?:vorbeugung|prophylaxe|impfung|schutzimpfung|prävention|test|früherkennung|screening|vorsorge|vortrag|kurs)"
    r" (?:gegen|von|auf|zu|zur|zum|über|bei)(?: \w+)? $)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:herrn?|frau|familie|fam\.|dr\.|prof\.|eheleute|inh\.?|inhaber(?:in)?|mr\.?|mrs\.?|ms\.?|fräulein)(?: (?:dr\.|prof\.|med\.|\w+)){0,2} $",
    re.IGNORECASE,
)
_FIRM = re.compile(r" (?:& |und (?:söhne|partner|co)|gmbh|mbh|kg|ohg|ag|ug|e\. ?k\b)", re.IGNORECASE)
_HARMLESS = re.compile(
    r"(?:blutsenkung|(?:sym|em|tele|homöo|osteo|a|natur|anti)path\w*|nostalgi\w*|\w*prämi\w*|spastikfrei\w*|lähmungsfrei\w*|krebsgang|krebstier\w*|"
    r"flusskrebs\w*|verstopfungsfrei|\w*insuffizienzfrei|gelenkschmiere|tumorkonferenz|elefantiasis|rheumaliga|warzenhof|hypertonisch\w*|"
    r"hypotonisch\w*|hypertone\w*|tonussteiger\w*|abwehrspannung|diabetologi\w*|rheumatologi\w*|epileptolog\w*|allergolog\w*|"
    r"onkolog\w*|antidepressiv\w*|spondylotherap\w*|amputatvers|infarktfrei|meniskusspiegel|syndromfrei|depressionsfrei)",
    re.IGNORECASE,
)


def has_diagnosis(text: str, names: frozenset[str] = frozenset()) -> bool:
    """True when the text names a disease. `names` are the payer's own, casefolded: they are no diseases."""
    return bool(_ABBREVIATION.search(text)) or any(_is_disease(found, text, names) for found in _diseases(text))


@lru_cache(1024)
def _diseases(text: str) -> tuple[re.Match[str], ...]:
    """Remembered, since notes and services are the same on most documents and the search is long."""
    return tuple(_DISEASE.finditer(text))


def _is_disease(found: re.Match[str], text: str, names: frozenset[str]) -> bool:
    word, before = found[0], text[max(0, found.start() - 60) : found.start()]
    is_other = word.casefold() in names or _HARMLESS.fullmatch(word) or _SERVICE.search(word)
    is_name = _NAMED.search(before) or _FIRM.match(text, found.end())
    return not is_other and not is_name and not _SERVICE_BESIDE.search(before)
