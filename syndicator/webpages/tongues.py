"""How the languages of the web say that what was asked for is not there – declared.

Data only: how it is matched, and that it must be the *whole* of a title's part, a heading or a sentence, is `phrases`.

Sources: the default error templates of WordPress and its twelve most used themes, Drupal, Joomla, TYPO3, Ghost,
Squarespace, Wix, Shopify, Blogger, Medium, Substack, Discourse, nginx, Apache, IIS, Tomcat, Spring, Rails, Django,
Laravel, Next.js – most with their own translations –, MediaWiki's `error`, `badtitle` and `nopagetext` messages, and
the answers of outlets in these languages.

Patterns are written as people write, and folded as `titles.unaccented` does. A blank stands for one; `_` for up to
eight words of any kind ("the page _ not found" also takes "the page you are looking for was not found").
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """How one language says it.

    A sentence is strong that is made of `things` and `fates` in this order, or of `laments` and `things` in this
    order, with `before` allowed at its beginning and `after` at its end; or that is one of `strong`.
    """

    code: str
    things: str  # what was asked for
    fates: str  # what became of it
    laments: str = ""  # what is said before the thing: "we could not find"
    strong: str = ""  # whole sentences
    weak: str = ""
    before: str = ""
    after: str = ""
    clause: str = "[^ ]+"  # how a clause begins that may follow the thing
    spaced: bool = True  # words are parted by blanks


# Set by hand.
# fmt: off
TONGUES: tuple[Tongue, ...] = (
    Tongue("en",
        things="(?:web ?)?page|pages|article|story|post|content|document|file|resource|item|url|address|link|video"
            "|episode|podcast|entry|news|piece|product|listing|event|job|path|location|site|website|blog"
                "|(?:web)?pages?",
        fates=
            "(?:was|were|is|are|has been|could|can|may)?(?: ?not| ?nt|cannot|cant|couldnt|isnt|wasnt|doesnt|didnt)"
            " (?:be )?(?:found|located|available|exist(?:ing)?|accessible|displayed|here)(?: any ?more)?"
            "|(?:cannot|cant|couldnt|could not|can not) be (?:found|located|displayed|accessed|reached)"
            "|(?:is|was|seems to be|appears to be|has gone|have gone|went|may be)? ?missing"
            "|(?:is |are )?(?:currently |temporarily |now )?unavailable|no longer (?:exists?|available|here"
                "|accessible|active|online|published)"
            "|(?:is|are) no longer (?:available|here|accessible|active|online|published|with us)"
            "|(?:does|do|did) ?n[o]?t (?:seem to |appear to )?exist(?: any ?more)?|(?:doesnt|dont|didnt) (?:seem to "
                "|appear to )?exist(?: any ?more)?"
            "|(?:has|have|had|may have|might have|was|were) (?:either )?(?:been )?(?:removed|deleted|expired"
                "|archived or removed|taken down|unpublished|withdrawn|retired|moved or deleted|moved or removed"
                "|removed or deleted|deleted or moved)"
            "|(?:has |have )?moved or no longer exists|(?:may have|might have) (?:been )?(?:moved|removed|deleted)"
                "|(?:isnt|is not|arent|are not) (?:here"
                "|available|there)(?: any ?more)?"
            "|(?:is|has) gone|has expired|removed|deleted|expired|does not exist",
        laments=
            "(?:we |you |i )?(?:were |are |re )?(?:sorry )?(?:we |i )?(?:could ?nt|could not|cant|cannot|can not"
            "|couldnt|have been unable to|were unable to|are unable to|unable to|did ?nt|failed to|have trouble"
            "|having trouble)"
            " (?:seem to )?(?:find|locate|finding|locating|display|get to|reach|load)|(?:there is|there was|theres"
                "|there are) (?:no|nothing)(?: such)?|no such"
            "|(?:you have |youve )?(?:reached|found|hit|followed|clicked|landed on) (?:a|an) (?:dead|broken|missing"
                "|outdated|expired|invalid|non ?existent|old)"
            "|nothing (?:was )?found (?:at|for|on|in) (?:this|that|the)",
        strong="not found|nothing (?:was )?(?:found|here)|whitelabel error page|no posts matched your criteria"
            "|(?:this is not|this isnt|these arent) the (?:page|web ?page|droids) you(?:re| are) looking for"
            "|youve reached a page _ exist|(?:we )?(?:couldnt|cant|could not|cannot) find what you(?:re| are"
            "| were) looking for|nothing to see here|(?:there is|theres|there seems to be) nothing here|(?:were "
            "|we are )?lost in space|dead ?(?:link|end)|broken link"
            "|youve (?:reached|hit) a dead end|you (?:have |seem to |appear to )?(?:be |get |got |are )?lost|(?:looks"
                "|seems) like (?:youre|you are|were|we are) lost|page lost|file not found|404d"
            "|we cant find that page|that page cant be found|error page not found"
                "|it looks like nothing was found at this location(?: _)?"
            "|it seems we cant find what youre looking for(?: _)?|nothing here|page does ?nt exist|no (?:results"
                "|posts?|pages?|articles?|content) found|not here"
            "|the requested url _ not found on this server"
                "|you may have mistyped the address or the page may have moved"
                "|the author (?:has )?deleted this (?:medium )?(?:story|post)|user deactivated or deleted their account"
            "|(?:sorry )?this page isnt available|page gone|page removed|the page you requested"
                "|the resource _ (?:removed|changed|unavailable)(?: _)?|this story is gone|resource not found",
        weak=
            "error|oops(?: _)?|whoops|uh oh|sorry|we(?:re| are) sorry|gone|missing(?: page)?|page error|error page"
            "|bad request|invalid (?:url|link|request)|unavailable|something went wrong|something is wrong here"
            "|houston we have a problem"
            "|not available|page unavailable|expired|removed|deleted|moved|page (?:has )?moved|whats this"
                "|well this is awkward|this is embarrassing|this is somewhat embarrassing isnt it|lost|hmm|hm|ruh roh"
                "|yikes|d ?oh",
        before=
            "(?:well |so |oh no |oh |dang |darn |hmm |hm |apologies |unfortunately |(?:we are |we re |were |im "
            "|i am )?(?:very |so |really |terribly )?sorry (?:but |that )?|it (?:looks|seems|appears) (?:like |that "
            "|as if )?|(?:looks|seems) like |this is (?:awkward|embarrassing) |ah |the |this |that |your |our |but "
            "|a |an |requested |current |web |old |because )+",
        clause="you|youre|that|which|at|here|with|matching|requested|by|on|were|we",
        after=
            "(?: (?:on|at|in|from|to|for|this|that|the|our|your|it|here|site|website|web ?site|server|address|url"
            "|location|page|any ?more|any|longer|time|moment|right|now|currently|sorry|anywhere|link|or|and|may|might"
            "|have|has|been|be|is|was|moved|removed|deleted|renamed|its|name|changed|temporarily|unavailable|never"
            "|existed|does|not|exist|by|author|publisher|editor|us|owner|database|archive|content|system|request|of"
                "|the|legal|reasons|due|rights|copyright|request by|records|shop"
            "|app|blog|network|looking|you|re|were|are|by its|permanently|you are looking))+"),
    Tongue("es",
        things=
            "(?:la |el |esta |este |dicha |una |un )?(?:pagina|articulo|contenido|nota|noticia|entrada|documento"
            "|archivo|recurso|url|enlace|direccion|publicacion|video|sitio|paginas)(?: web)?",
        fates="no (?:se )?(?:ha |ha sido |fue |pudo |puede |encuentra |esta )?(?:sido |ser |se )?(?:encontrad[ao]"
            "|encontrar(?:se)?|encuentra|encontro|existe|disponible|hallad[ao]|localizad[ao])(?: disponible)?"
            "|ya no (?:existe|esta(?: disponible)?|se encuentra(?: disponible)?)|inexistente|(?:ha sido"
            "|fue) (?:eliminad[ao]|borrad[ao]|retirad[ao]|movid[ao])|eliminad[ao]|no existe o _|no esta|caducad[ao]",
        laments=
            "no (?:se )?(?:ha |hemos |pudimos |podemos |puede |pudo |encontramos)?(?:podido )?(?:encontrad[ao]"
            "|encontrar|encuentra|encontro|hallar|localizar)?|no existe|lo sentimos no encontramos",
        strong=
            "no encontrad[ao]|error pagina no encontrada|no se ha encontrado|no (?:hemos encontrado|encontramos"
            "|pudimos encontrar) lo que (?:buscas|busca|estas buscando)|nada encontrado|no hay nada aqui"
            "|vaya esta pagina no existe|contenido no disponible|pagina perdida",
        weak="error|ups(?: _)?|vaya|lo sentimos|lo siento|perdon|ha ocurrido un error",
        before=
            "(?:lo sentimos |lo siento |ups |vaya |oh no |disculpe |parece que |pero |error |que |la |el |esa |ese )+",
        after=
            "(?: (?:en|este|esta|el|la|sitio|web|servidor|momento|o|ha|sido|fue|movida|movido|eliminada|eliminado"
            "|cambiado|de|direccion|lugar|ubicacion|nuestro|portal|mas|ya|no|existe|disponible))+"),
    Tongue("fr",
        things=
            "(?:la |l ?|le |cette |cet |ce |une |un |votre |de )?(?:page|article|contenu|document|fichier|ressource"
            "|url|lien|adresse|publication|video|actualite|billet|site)(?: web)?",
        fates=
            "(?:est |reste |semble )?(?:introuvable|inexistante?|inaccessible|indisponible|supprimee?|manquante?)"
            "|n ?(?:a pas|a pu|a pas pu|est pas|est plus|existe pas|existe plus|a jamais|est pas ou plus"
            "|a pas ete)(?: ete| etre)?(?: trouvee?| disponible| accessible| existe)?|non trouvee?|pas trouvee?"
            "|a (?:ete|peut etre ete) (?:supprimee?|deplacee?|retiree?|depubliee?|archivee?)|n ?existe(?: pas"
            "| plus)(?: ou _)?",
        laments=
            "(?:nous n ?|on n ?|nous ne |je n ?)?(?:avons pas (?:pu )?(?:trouve|trouver)|a pas (?:pu )?trouver?"
            "|parvenons pas a trouver|trouvons pas|pouvons trouver)|aucune?|impossible de trouver|il n ?y a (?:pas de"
            "|aucune?)",
        strong=
            "non trouvee?|pas trouvee?|introuvable|page perdue|vous etes perdue?|cette page n ?existe pas|rien (?:ici"
            "|trouve|n ?a ete trouve)|il semble que rien n ?ait ete trouve a cet endroit|contenu indisponible"
            "|aucun resultat",
        weak="erreur|oups(?: _)?|oops|desole|nous sommes desoles|mince|aie|zut",
        before=
            "(?:oups |desolee? |nous sommes desoles |mince |zut |aie |malheureusement |il semble que |mais |erreur "
            "|la |le |les |que |cette )+",
        after="(?: (?:sur|ce|le|la|site|serveur|a|cette|adresse|ou|n|est|plus|pas|disponible|existe|ete|deplacee?"
            "|supprimee?|pour|moment|peut|etre|mal|orthographiee|notre|en|ligne))+"),
    Tongue("de",
        things=
            "(?:die |der |das |diese |dieser |dieses |ihre |eine )?(?:(?:web|internet)?seite|inhalte?|artikel|beitrag"
            "|dokument|datei|ressource|url|adresse|meldung|link|video|folge|angebot|nachricht)",
        fates="(?:wurde |konnte |kann |ist |war |existiert |gibt es |steht )?(?:hier |leider "
            "|unter dieser adresse )?(?:nicht|nicht mehr|leider nicht)(?: mehr)?(?: gefunden(?: werden)?| auffindbar"
            "| vorhanden| verfugbar| existent| existiert| online| erreichbar| angezeigt werden| zur verfugung)?"
            "|existiert (?:leider )?nicht(?: mehr)?|gibt es (?:leider )?(?:hier )?nicht(?: mehr)?|fehlt|(?:wurde"
            "|ist) (?:geloscht|entfernt|verschoben|umgezogen|abgelaufen|offline)(?: oder _)?|unauffindbar"
            "|nicht gefunden",
        laments=
            "(?:wir (?:konnten|haben)|konnten wir|es wurde) (?:leider )?(?:die|diese|den|das|keine?|ihre)?|kein(?:e"
            "|en)?(?: passende)?|ungultige",
        strong=
            "nicht gefunden|seite nicht (?:gefunden|vorhanden|verfugbar)|(?:es wurde )?(?:leider )?nichts (?:gefunden"
            "|zu finden)|hier (?:ist|gibt es) (?:leider )?nichts(?: zu sehen)?|die (?:gesuchte|angeforderte"
            "|gewunschte|aufgerufene) seite _ nicht _|hoppla (?:diese|die) seite _|verlaufen|haben sie sich verlaufen"
            "|wir konnten (?:die|diese|ihre) (?:\\w+ )?(?:seite|inhalte|artikel) (?:leider )?nicht finden"
            "|diese seite existiert nicht",
        weak=
            "fehler|hoppla(?: _)?|ups(?: _)?|huch|tut uns leid|entschuldigung|leider|verzeihung|fehlerseite|oh nein",
        before=
            "(?:hoppla |ups |huch |oh nein |leider |entschuldigung |sorry |es tut uns leid |tut uns leid |aber |oje "
            "|fehler |die |der |das |von ihnen |gesuchte |gesuchten |angeforderte |angeforderten |gewunschte "
            "|gewunschten |aufgerufene |angegebene |eingegebene )+",
        after=
            "(?: (?:auf|diesem|dieser|server|website|seite|unter|adresse|oder|wurde|ist|verschoben|geloscht|entfernt"
            "|mehr|werden|leider|zur|zeit|momentan|derzeit|gefunden|verfugbar|existiert|vorhanden|online|umbenannt"
            "|vielleicht))+"),
    Tongue("it",
        things="(?:la |l ?|il |questa |questo |una |un )?(?:pagina|articolo|contenuto|documento|file|risorsa|url"
            "|indirizzo|link|video|notizia|post|sito)(?: web)?",
        fates="(?:non|non e|non e stat[ao]|non puo essere|non risulta|non sembra"
            "|non e piu)(?: piu)?(?: stat[ao])? ?(?:trovat[ao]|esiste(?:re)?|disponibile|presente|raggiungibile"
            "|accessibile)?(?: piu)?|inesistente|introvabile|non c ?e(?: piu)?|(?:e stat[ao]"
                "|potrebbe essere stat[ao]) (?:rimoss[ao]"
            "|eliminat[ao]|cancellat[ao]|spostat[ao])|non esiste(?: piu)?|rimoss[ao]|manca",
        laments=
            "(?:non (?:abbiamo|siamo riusciti a|riusciamo a|e stato possibile|e possibile) ?(?:trovato|trovare)"
            "|impossibile trovare|nessun[ao]?)",
        strong=
            "non trovat[ao]|nessun risultato|niente da vedere qui|contenuto non disponibile|qui non c ?e (?:nulla"
            "|niente)|ti sei pers[oa]",
        weak="errore|ops(?: _)?|oops|ci dispiace|siamo spiacenti|spiacenti|attenzione",
        before=
            "(?:ops |oops |ci dispiace |siamo spiacenti |spiacenti |purtroppo |sembra che |ma |errore |la |il )+",
        after=
            "(?: (?:su|questo|sito|server|a|questa|indirizzo|o|e|stata|stato|spostata|rimossa|piu|disponibile|in"
            "|momento|al|non|esiste|cercata|richiesta))+"),
    Tongue("pt",
        things=
            "(?:a |o |esta |este |essa |esse |uma |um )?(?:pagina|artigo|conteudo|noticia|materia|documento|arquivo"
            "|ficheiro|recurso|url|link|endereco|publicacao|video|post|postagem)(?: web)?",
        fates=
            "nao (?:foi |foi possivel |pode ser |pode |esta |se encontra |encontrad[ao])?(?:encontrad[ao]|existe"
            "|disponivel|localizad[ao]|ser encontrad[ao])?(?: mais)?|ja nao (?:existe|esta disponivel)|nao (?:existe"
            "|esta) mais(?: disponivel)?|inexistente|indisponivel|foi (?:removid[ao]|excluid[ao]|apagad[ao]"
            "|eliminad[ao]|movid[ao])|removid[ao]",
        laments=
            "nao (?:foi possivel |conseguimos |pudemos |podemos |encontramos|localizamos)(?:encontrar|localizar"
            "|achar)?|nao existe|nenhum[a]?",
        strong=
            "nao encontrad[ao]|nada encontrado|nada (?:foi encontrado )?(?:aqui|por aqui)|conteudo (?:nao disponivel"
            "|indisponivel|removido)|pagina perdida|voce (?:esta|se) perdeu",
        weak="erro|ops(?: _)?|opa|desculpe|lamentamos|pedimos desculpas?|ocorreu um erro",
        before=
            "(?:ops |opa |desculpe |lamentamos |infelizmente |parece que |mas |erro |que |a |o |pedimos desculpa )+",
        after="(?: (?:em|no|na|neste|nesta|este|site|sitio|servidor|ou|foi|removida|removido|movida|mais|existe"
            "|disponivel|momento|endereco|nao|procura|pode|ter|sido))+"),
    Tongue("ca",
        things="(?:la |l ?|el |aquesta |aquest )?(?:pagina|article|contingut|noticia|document|enllac)(?: web)?",
        fates="no (?:s ?ha |ha estat |es |existeix|trobad[ao]|disponible)?(?:trobad[ao]|trobat|troba|pot trobar"
            "|disponible)?|ja no (?:existeix|esta disponible)|ha estat (?:eliminad[ao]|eliminat|esborrat)",
        laments="no (?:s ?ha |hem |podem )(?:trobat|pogut trobar|trobar)", strong=
            "no (?:trobad[ao]|trobat)|no s ?ha trobat", weak="error|ho sentim|vaja",
        before="(?:ho sentim |vaja |ups |sembla que |error |la |el )+", after=
            "(?: (?:en|aquest|lloc|web|servidor))+"),
    Tongue("nl",
        things=
            "(?:de |deze |het |dit |een |uw |je )?(?:(?:web)?pagina|artikel|bericht|inhoud|document|bestand|url|link"
            "|adres|video|verhaal|nieuws)",
        fates="(?:is |werd |kon |kan |bestaat |kunnen we "
            "|konden we )?(?:helaas )?niet(?: meer)?(?: worden)?(?: gevonden| beschikbaar| bestaat| bestaand"
            "| bereikbaar| vinden)?(?: worden)?|bestaat (?:helaas )?niet(?: meer)?|onvindbaar|ontbreekt"
            "|is (?:verwijderd|verplaatst|verlopen|offline|weg)(?: of _)?",
        laments="(?:we|wij) (?:kunnen|konden|hebben) (?:helaas )?|geen", strong=
            "niet gevonden|niets gevonden|hier is niets(?: te zien)?|verdwaald|(?:we|wij) (?:kunnen|konden) (?:de"
            "|deze|die|het|dit) (?:pagina|artikel) _ niet (?:meer )?vinden|(?:we|wij) (?:kunnen|konden) (?:de|deze"
            "|die|het|dit) (?:pagina|artikel) (?:helaas )?niet (?:meer )?vinden",
        weak="fout|foutmelding|oeps(?: _)?|sorry|helaas|excuses",
        before=
            "(?:oeps |sorry |helaas |excuses |het lijkt erop dat |maar |fout |de |het |deze |opgevraagde |gevraagde "
            "|gezochte )+",
        after=
            "(?: (?:op|deze|site|website|server|of|is|verplaatst|verwijderd|meer|gevonden|worden|beschikbaar|bestaat"
            "|locatie|adres|dit|momenteel))+"),
    Tongue("pl",
        things=
            "(?:ta |tej |ten |tego |szukana |zadana |wybrana )?(?:strona|strony|stronie|strone|artykul|artykulu|tresc"
            "|tresci|dokument|dokumentu|plik|pliku|zasob|zasobu|adres|link|wpis|wpisu|material"
            "|materialu)(?: internetow\\w+)?",
        fates=
            "nie (?:zosta[lł][ao]? |moze byc |jest |mozna )?(?:znalezion[aoye]|odnalezion[aoye]|istnieje|istnieja"
            "|dostepn[aye]|odnaleziono|znaleziono|znalezc)|nie istnieje(?: lub _)?|(?:juz )?nie ma"
                "|jest niedostepn[aye]"
            "|niedostepn[aye]|zosta[lł][ao]? (?:usuniet[aye]|przeniesion[aye]|skasowan[aye])|usuniet[aye]",
        laments="nie (?:znaleziono|odnaleziono|mozna (?:znalezc|odnalezc)|udalo sie (?:znalezc|odnalezc)"
            "|mozemy (?:znalezc|odnalezc)|znalezlismy|ma (?:takiej|tej)?)|brak",
        strong="nie (?:znaleziono|odnaleziono|znaleziony|znaleziona)|nic nie znaleziono|nic tu nie ma"
            "|taka strona nie istnieje|strona nie istnieje|nie ma takiej strony|nie znalezlismy tego czego szukasz",
        weak="b[lł]ad|ups(?: _)?|ojej|przepraszamy|niestety",
        before="(?:ups |ojej |przepraszamy |niestety |wyglada na to ze |ale |blad |błąd |ze )+",
        after=
            "(?: (?:na|tym|tej|serwerze|stronie|lub|zostala|zostal|usunieta|usuniety|przeniesiona|pod|podanym|adresem"
            "|juz|niedostepna))+"),
    Tongue("ru",
        things=
            "(?:эта |эту |этой |такую |нужную |данную |такой |данная |запрашиваемая |запрошенная |искомая "
                "|указанная )?(?:веб )?(?:страниц[аыу]"
            "|стать[яюи]|статей|материал[а]?|документ[а]?|файл[а]?|новост[ьи]|запис[ьи]|публикаци[яию]|контент|ссылка"
            "|адрес|видео)",
        fates="не (?:найден[аоы]?|существует|обнаружен[аоы]?|доступн[аоы]|была найдена|нашлась|нашелся)"
            "|больше не (?:существует|доступн[аоы])|отсутствует|недоступн[аоы]?|(?:была |был )?(?:удален[аоы]?"
            "|перемещен[аоы]?|снят[аоы]? с публикации)|не существует или _|устарела",
        laments=
            "(?:мы )?не (?:можем|смогли|удалось|удается) (?:найти|обнаружить)|не нашли|нет (?:такой|такого)?|такой",
        strong="не найден[аоы]?|ничего не найдено|здесь ничего нет|такой страницы (?:нет|не существует)"
            "|страницы не существует|нет такой страницы|вы (?:потерялись|заблудились)"
            "|к сожалению _ страниц[аыу] _ (?:нет|не существует|не найдена|удалена)",
        weak="ошибка|упс(?: _)?|ой|извините|простите|к сожалению",
        before=
            "(?:мы |упс |ой |извините |простите |к сожалению |кажется |похоже |но |ошибка |что |вы |запрошенная "
                "|вами )+",
        after=
            "(?: (?:на|этом|сайте|сервере|или|была|удалена|перемещена|по|данному|указанному|этому|адресу|больше|не"
            "|существует|найдена))+"),
    Tongue("uk",
        things="(?:ця |цю |такої |дана |запитувана |запитана )?(?:веб )?(?:сторінк[аиу]|статт[яюі]|матеріал[у]?"
            "|документ[а]?|файл[у]?|новин[аиу]|запис|публікаці[яюї]|посилання|адреса|відео)",
        fates="не (?:знайден[аоі]?|існує|виявлен[аоі]?|доступн[аоі])|більше не (?:існує|доступн[аоі])|відсутня"
            "|недоступн[аоі]?|(?:було |була )?(?:видален[аоі]?|переміщен[аоі]?)|не існує або _",
        laments="(?:ми )?не (?:можемо|змогли|вдалося|вдалось) (?:знайти|відшукати)|немає|такої",
        strong=
            "не знайден[аоі]?|нічого не знайдено|тут нічого немає|такої сторінки (?:немає|не існує)|сторінки не існує",
        weak="помилка|упс(?: _)?|ой|вибачте|перепрошуємо|на жаль",
        before="(?:упс |ой |вибачте |перепрошуємо |на жаль |здається |схоже |але |помилка |що )+", after=
            "(?: (?:на|цьому|сайті|сервері|або|була|видалена|за|цією|адресою|вказаною))+"),
    Tongue("cs",
        things=
            "(?:tato |tuto |ta |tento |pozadovana |hledana )?(?:webova )?(?:stranka|stranku|stranky|clanek|obsah"
            "|dokument|soubor|adresa|odkaz|prispevek|zprava)",
        fates=
            "ne(?:byla|byl|bylo|ni|existuje|nalezen[ao]?|exituje)(?: (?:nalezen[ao]?|dostupn[ayé]|k dispozici))?"
            "|nenalezen[ao]?|neexistuje(?: nebo _)?|se nepodarilo (?:najit|nalezt)|jiz neexistuje|(?:byla "
            "|byl )?(?:smazan[ao]?|odstranen[ao]?|presunut[ao]?)|chybi|neni (?:dostupna|k dispozici)|nedostupn[ay]",
        laments="(?:pozadovanou |hledanou |tuto )?(?:nepodarilo se (?:najit|nalezt)|nemuzeme (?:najit|nalezt)"
            "|nenasli jsme)", strong="nenalezen[ao]?|nic nenalezeno|nebyl[ao]? nalezen[ao]?|tady nic neni",
        weak="chyba|jejda|ups|ajaj|omlouvame se|bohuzel", before=
            "(?:jejda |ups |ajaj |omlouvame se |bohuzel |zda se ze |ale |chyba )+", after=
            "(?: (?:na|tomto|serveru|webu|nebo|byla|odstranena|presunuta))+"),
    Tongue("sk",
        things=
            "(?:tato |tuto |pozadovana |hladana )?(?:webova )?(?:stranka|stranku|clanok|obsah|dokument|subor|odkaz)",
        fates="ne(?:bola|bol|bolo|existuje|najdena|najdeny)(?: (?:najden[ayée]|dostupn[ayé]))?|uz neexistuje"
            "|(?:bola )?(?:vymazana|odstranena|presunuta)|nie je dostupn[ay]|sa nenasla|sa nenasiel",
        laments="(?:nepodarilo sa najst|nenasli sme)", strong=
            "nenajden[eáay]|nebol[ao]? najden[ayée]|nic sa nenaslo", weak=
            "chyba|ups|ojoj|ospravedlnujeme sa|lutujeme", before=
            "(?:ups |ojoj |lutujeme |ospravedlnujeme sa |bohuzial |chyba )+"),
    Tongue("sv",
        things=
            "(?:den |denna |det |har )?(?:har )?(?:(?:webb)?sidan?|artikeln?|innehallet|dokumentet|filen|lanken"
            "|adressen|inlagget|videon)",
        fates=
            "(?:kunde |kan |ar |finns |hittades |existerar |har )?(?:tyvarr )?(?:inte|ej)(?: langre| kvar)?(?: hittas"
            "| hittades| tillganglig[at]*| finns| existerar)?(?: langre| kvar)?|saknas|har (?:tagits bort|flyttats"
            "|raderats)|ar borttagen|finns inte|hittades inte",
        laments=
            "(?:vi )?(?:kunde|kan|hittar|hittade|hittades) (?:tyvarr )?inte(?: hitta)?|hittades (?:tyvarr )?inte",
            strong=
            "hittades inte|inte hittad|inget hittades|ingenting hittades|sidan kan inte hittas|har finns ingenting",
        weak="fel|hoppsan(?: _)?|oj(?: _)?|tyvarr|forlat|beklagar|ojsan", before=
            "(?:hoppsan |oj |ojsan |tyvarr |forlat |vi beklagar |det verkar som att |men |fel |den |sidan du )+",
            after="(?: (?:pa|denna|servern|webbplatsen|eller|har|flyttats|tagits|bort|langre|kvar|har))+"),
    Tongue("da",
        things="(?:den |denne )?(?:siden?|artiklen?|indholdet|dokumentet|filen|linket|adressen)",
        fates="(?:kunne |kan |er |blev |findes |eksisterer )?(?:desvaerre |desværre )?(?:ikke|ikke laengere"
            "|ikke længere)(?: blive)?(?: fundet| findes| tilgaengelig| tilgængelig| findes)?"
            "|findes ikke(?: (?:laengere|længere|mere))?|mangler|er (?:slettet|fjernet|flyttet)",
        laments="vi (?:kunne|kan) (?:desvaerre |desværre )?ikke finde", strong=
            "ikke fundet|intet fundet|her er ingenting", weak="fejl|ups(?: _)?|hov|beklager|undskyld|desværre",
            before="(?:ups |hov |beklager |desværre |undskyld |vi beklager |fejl |den |men )+", after=
            "(?: (?:på|pa|denne|serveren|siden|eller|er|flyttet|slettet))+"),
    Tongue("no",
        things="(?:den |denne )?(?:siden?|artikkelen?|innholdet|dokumentet|filen|lenken|adressen)",
        fates=
            "(?:kunne |kan |er |ble |finnes |eksisterer )?(?:dessverre )?ikke(?: lenger| bli)?(?: funnet| finnes"
            "| tilgjengelig)?(?: lenger)?|finnes ikke(?: lenger)?|mangler|er (?:slettet|fjernet|flyttet)",
        laments="vi (?:kunne|kan|fant|finner) (?:dessverre )?ikke(?: finne)?", strong=
            "ikke funnet|ingenting funnet|fant ikke siden|finner ikke siden", weak=
            "feil|oi(?: _)?|ops|beklager|dessverre", before=
            "(?:oi |ops |beklager |dessverre |vi beklager |feil |den |men )+", after=
            "(?: (?:på|pa|denne|serveren|nettstedet|eller|er|flyttet|slettet))+"),
    Tongue("fi",
        things=
            "(?:hakemaasi |etsimaasi |pyydettya |tata |tama |taman )?(?:sivua?|artikkelia?|sisaltoa?|dokumenttia?"
            "|tiedostoa?|osoitetta?|juttua?)",
        fates="ei (?:loydy|loytynyt|ole(?: olemassa)?|ole (?:enaa )?(?:saatavilla|olemassa)|loytynyt)|puuttuu"
            "|on (?:poistettu|siirretty)", laments="(?:emme )?(?:loytaneet|loyda)|valitettavasti",
        strong="ei loytynyt|mitaan ei loytynyt", weak="virhe|hups(?: _)?|oho|pahoittelut|valitettavasti", before=
            "(?:hups |oho |pahoittelut |valitettavasti |virhe )+", after=
            "(?: (?:talta|palvelimelta|sivustolta|tai|se|on|poistettu|siirretty))+"),
    Tongue("ro",
        things="(?:aceasta |acest )?(?:pagin[ae]|articolul|continutul|documentul|fisierul|linkul|adresa"
            "|stirea)(?: web)?(?: cautat[ae]?| solicitat[ae]?| pe care o cauti)?",
        fates=
            "nu (?:a fost |a putut fi |mai |este |se )?(?:gasit[ae]?|exista|disponibil[ae]?|afla)|inexistent[ae]?"
            "|a fost (?:stears[ae]?|eliminat[ae]?|mutat[ae]?)|nu mai (?:exista|este disponibil[ae]?)", laments=
            "nu (?:am|putem) (?:gasit|gasi)",
        strong="negasit[ae]?|nu a fost gasit[ae]?|nimic gasit", weak="eroare|oops|ups|ne pare rau|scuze", before=
            "(?:ups |oops |ne pare rau |scuze |din pacate |se pare ca |dar |eroare |ca )+", after=
            "(?: (?:pe|acest|site|server|sau|a|fost|mutata|stearsa))+"),
    Tongue("hu",
        things=
            "(?:a |az |ez az? |a keresett |a kert )?(?:oldal|cikk|tartalom|dokumentum|fajl|hivatkozas|cim|bejegyzes)",
        fates=
            "nem (?:talalhato|letezik|elerheto|erheto el|talaljuk)|mar nem (?:letezik|elerheto)|torolve|megszunt"
            "|hianyzik|(?:el|at)lett helyezve|eltavolitottak|toroltek", laments=
            "nem talaljuk|nincs (?:ilyen|meg)|nem talalhato",
        strong="nem talalhato|nincs talalat|nem letezik|nincs ilyen oldal", weak=
            "hiba|hoppa(?: _)?|sajnaljuk|elnezest|jaj", before=
            "(?:hoppa |sajnaljuk |sajnos |elnezest |ugy tunik |de |hiba )+", after=
            "(?: (?:ezen|a|szerveren|vagy|athelyeztek|toroltek|webhelyen))+"),
    Tongue("el",
        things="(?:η |το |αυτη η |αυτό το |αυτή η )?(?:σελίδα|σελίδας|άρθρο|περιεχόμενο|έγγραφο|αρχείο|σύνδεσμος"
            "|διεύθυνση)",
        fates=
            "δεν (?:βρέθηκε|υπάρχει|είναι (?:πλέον )?διαθέσιμ[ηο]|μπορεί να βρεθεί)(?: πλέον| πια)?|έχει (?:διαγραφεί"
            "|αφαιρεθεί|μετακινηθεί)|διαγράφηκε|λείπει", laments=
            "δεν (?:βρήκαμε|μπορούμε να βρούμε|μπορέσαμε να βρούμε|βρέθηκε)(?: τη| την| το)?",
        strong="δεν βρέθηκε|δε βρέθηκε|δεν βρέθηκε τίποτα|δεν υπάρχει", weak=
            "σφάλμα|ουπς(?: _)?|ωχ|λυπούμαστε|συγγνώμη", before=
            "(?:ουπς |ωχ |λυπούμαστε |συγγνώμη |δυστυχώς |φαίνεται ότι |αλλά |σφάλμα )+", after=
            "(?: (?:σε|αυτόν|τον|διακομιστή|στον|ιστότοπο|ή|έχει|μετακινηθεί|διαγραφεί|που|ζητήσατε|αναζητάτε))+"),
    Tongue("bg",
        things=
            "(?:тази |търсената |заявената )?(?:страница(?:та)?|статия(?:та)?|съдържание(?:то)?|документ(?:ът)?"
            "|файл(?:ът)?|новина(?:та)?)",
        fates=
            "не (?:е|беше|бе) (?:намерен[ао]?|открит[ао]?|налич[ен]+[ао]?)|не (?:съществува|може да бъде (?:намерена"
            "|открита))|вече не съществува|липсва|е (?:изтрита|премахната|преместена)", laments=
            "не (?:можем|успяхме) да (?:намерим|открием)|няма такава",
        strong="не е намерен[ао]?|нищо не е намерено|няма такава страница", weak=
            "грешка|опа|съжаляваме|за съжаление", before=
            "(?:опа |съжаляваме |за съжаление |изглежда |но |грешка |че )+"),
    Tongue("hr",
        things=
            "(?:ova |trazena |tražena |ovaj )?(?:stranic[aue]|clan[ak]+|članak|sadrzaj|sadržaj|dokument|datoteka"
            "|poveznica|vijest|strana)",
        fates="ne (?:postoji|moze se (?:naci|pronaci))|nije (?:pronad[j]?en[aoi]?|pronađen[aoi]?|nađen[aoi]?"
            "|dostupn[aoi]|dostupan)|vise ne postoji|više ne postoji|je (?:obrisan[ao]?|uklonjen[ao]?"
            "|premjesten[ao]?)", laments="(?:ne mozemo|nismo) (?:pronaci|pronasli)",
        strong="nije (?:pronađen[aoi]?|pronaden[aoi]?|nađen[aoi]?)|nista nije pronađeno", weak=
            "greska|greška|ups|zao nam je|nažalost", before=
            "(?:ups |zao nam je |žao nam je |nažalost |cini se da |ali |greska |greška )+"),
    Tongue("sr",
        things="(?:ова |тражена |овај )?(?:страниц[ау]|страна|чланак|садржај|документ|вест)",
        fates=
            "не постоји|није (?:пронађен[ао]?|нађен[ао]?|доступн[ао]|доступан)|више не постоји|је (?:обрисан[ао]?"
            "|уклоњен[ао]?)", strong="није (?:пронађен[ао]?|нађен[ао]?)", weak="грешка|упс|жао нам је|нажалост",
            before="(?:упс |жао нам је |нажалост |грешка )+"),
    Tongue("tr",
        things=
            "(?:bu |aradıgınız |aradiginiz |istediginiz |istenen )?(?:web )?(?:sayfa(?:yı|ya|si|sı)?|sayfanın|sayfaya"
                "|haber|habere"
            "|icerik|icerige|makale|yazı|yazi|belge|dosya|baglantı|baglanti|adres|video)",
        fates="(?:su anda |artık |artik |ne yazık ki |maalesef )?(?:bulunamadı|bulunamadi|bulunamıyor|bulunamiyor"
            "|bulunmuyor|bulunmamaktadır|mevcut degil|yok|kaldırıldı|kaldirildi|kaldırılmıs|kaldirilmis|silinmis"
            "|silindi|tasındı|yayından kaldırıldı|yayindan kaldirildi|erisilemiyor|ulasılamıyor|ulasılamadı|bulamadık"
                "|bulamadik)(?: veya _"
            "| olabilir)?",
        strong="bulunamadı|bulunamadi|hicbir sey bulunamadı|sayfa bulunamadı|aradıgınız _ bulunamadı"
            "|aradıgınız sayfayı bulamadık|burada bir sey yok|sonuc bulunamadı",
        weak="hata|hay aksi|ups|oops|uzgunuz|ozur dileriz|eyvah", before=
            "(?:hay aksi |ups |oops |uzgunuz |uzgunuz ama |ozur dileriz |maalesef |ne yazık ki |gorunuse gore |fakat "
            "|hata )+"),
    Tongue("id",
        things="(?:halaman|laman|artikel|konten|berita|dokumen|file|berkas|tautan|link|url|alamat|video"
            "|postingan)(?: web)?(?: ini| tersebut| itu)?",
        fates=
            "(?:tidak|tak|belum|sudah tidak)(?: dapat| bisa)? ?(?:ditemukan|ada|tersedia|diakses|ketemu)?(?: lagi)?"
            "|(?:telah|sudah) (?:dihapus|dipindahkan|kedaluwarsa)|hilang|tidak ada", laments=
            "(?:kami )?(?:tidak (?:dapat |bisa )?menemukan|tidak ada)|tidak ditemukan",
        strong="tidak (?:ditemukan|ketemu)|tidak ada hasil|tidak ada yang ditemukan", weak=
            "kesalahan|ups(?: _)?|oops|maaf|mohon maaf|galat", before=
            "(?:ups |oops |maaf |mohon maaf |sayangnya |sepertinya |tapi |kesalahan |yang )+", after=
            "(?: (?:di|server|situs|ini|atau|telah|dihapus|dipindahkan|lagi|anda|cari))+"),
    Tongue("ms",
        things="(?:halaman|laman|artikel|kandungan|berita|pautan)(?: web)?(?: ini)?", fates=
            "tidak (?:dijumpai|ditemui|wujud|dapat ditemui|tersedia)|telah (?:dipadam|dialih)", strong=
            "tidak (?:dijumpai|ditemui|wujud)", weak="ralat|maaf|harap maaf", before=
            "(?:maaf |harap maaf |ralat )+"),
    Tongue("vi",
        things="(?:trang(?: web)?|bài viết|bài|nội dung|tài liệu|tệp|liên kết|đường dẫn|địa chỉ|tin|video)(?: này"
            "| bạn tìm| bạn yêu cầu)?",
        fates=
            "(?:này )?(?:không|đã|hiện không|chưa)(?: thể| được)? ?(?:tìm thấy|tồn tại|có|khả dụng|truy cập được"
            "|bị xóa|bị xoá|bị gỡ|xóa|gỡ bỏ|không còn tồn tại)|không còn (?:tồn tại|nữa|khả dụng)|đã bị (?:xóa|xoá|gỡ"
            "|di chuyển|gỡ bỏ)(?: hoặc _)?", laments=
            "không (?:tìm thấy|thể tìm thấy|có|tồn tại)|chúng tôi không tìm thấy",
        strong="không tìm thấy(?: trang| nội dung| kết quả)?|không có gì ở đây|không tồn tại", weak=
            "lỗi|rất tiếc|xin lỗi|ôi", before="(?:rất tiếc |xin lỗi |ôi |có vẻ như |nhưng |lỗi )+", after=
            "(?: (?:trên|máy|chủ|này|hoặc|đã|bị|xóa|di|chuyển|bạn|yêu|cầu|đang|tìm|kiếm))+"),
    Tongue("fil",
        things="(?:ang )?(?:pahina|artikulo|nilalaman)", fates=
            "ay hindi (?:matagpuan|makita|umiiral)|hindi (?:natagpuan|makita|mahanap)", laments=
            "hindi (?:mahanap|makita|natagpuan|matagpuan)(?: ang)?", strong="hindi (?:natagpuan|nahanap|makita)",
            weak="paumanhin"),
    Tongue("ja", spaced=False,
        things=
            "(?:お探しの|該当する|ご指定の|指定された|指定の|アクセスしようとした|要求された|リクエストされた|この"
            "|その)?(?:.{0,12}の)?(?:web)?(?:ページ|記事|コンテンツ|ファイル|url|ニュース|ドキュメント|動画|投稿|情報"
            "|サイト|リンク|アドレス)(?:.{0,6})?",
        fates="(?:は|が|を|も)?.{0,16}(?:見つかりません(?:でした)?|見つけることができません(?:でした)?"
            "|みつかりません(?:でした)?|存在しません|存在しない(?:か.{0,40})?|ありません(?:でした)?|削除され(?:ました"
            "|ています|た可能性.{0,20}|たか.{0,40})|移動(?:したか|しました|または削除).{0,40}"
            "|公開(?:を)?終了(?:しました|いたしました|しています)?|掲載(?:を)?終了(?:しました|いたしました)?"
            "|表示できません(?:でした)?|ご覧いただけません|ご利用いただけません|見当たりません|終了しました"
            "|なくなりました)(?:.{0,24})?",
        strong="見つかりません(?:でした)?|not ?found.{0,10}|ページが見つかりません.{0,30}|お探しのページは.{0,60}"
            "|.{0,20}配信(?:は|を)?終了(?:し|いたし).{0,10}|掲載期間(?:が|は)?.{0,6}終了.{0,16}"
            "|何も見つかりませんでした",
        weak="エラー(?:が発生しました)?|申し訳(?:ございません|ありません)|おっと|ご迷惑をおかけし.{0,20}", before=
            "(?:申し訳(?:ございません|ありません)(?:が|、)?|恐れ入りますが|大変|おっと|エラー|すみません)+"),
    Tongue("zh", spaced=False,
        things=
            "(?:您|你|抱歉|很抱歉|对不起|對不起)?(?:所|要|想|欲)*(?:您|你)?(?:访问|請求|请求|訪問|瀏覽|浏览|查找|查看"
            "|查询|查詢|搜索|搜尋|寻找|尋找|找|请求|连结|連結)?(?:的|此|该|該|本|这个|這個|这|這)?(?:网页|網頁|页面"
            "|頁面|文章|内容|內容|文件|檔案|资源|資源|新闻|新聞|链接|連結|鏈接|地址|网址|網址|视频|影片|信息|帖子"
            "|貼文)",
        fates=
            "(?:已|已经|已經|可能|并|並|暂时|暫時|现已|現已|似乎|好像)*(?:.{0,6})(?:不存在|没有找到|沒有找到|未找到"
            "|找不到(?:了)?|无法找到|無法找到|不见了|不見了|被(?:.{0,6})?(?:删除|刪除|移除|下架)|已?(?:删除|刪除|移除"
            "|下架|失效|過期|过期)|无法(?:访问|显示|查看)|無法(?:訪問|顯示|查看|瀏覽)|不可用|丢失|遺失|飞走了|走丢了"
            "|走失了|消失了)(?:.{0,24})?",
        laments="(?:抱歉|很抱歉|对不起|對不起|非常抱歉)?(?:我们|我們)?(?:没有找到|沒有找到|未找到|找不到|无法找到"
            "|無法找到|未能找到|未發現|不存在)(?:您|你|您所|你所)?(?:要|想|請求|请求|访问|訪問|查找|寻找|尋找|瀏覽"
            "|浏览|找)?(?:的|此|该|該|這個|这个)?",
        strong=
            "未找到|找不到|(?:页面|頁面|网页|網頁)(?:未找到|不存在|找不到了?|没找到|走丢了|丢失)|(?:抱歉|很抱歉"
            "|对不起|對不起)?(?:您|你)(?:所)?(?:访问|訪問|请求|請求|查看|瀏覽|浏览)的.{0,40}|该内容已被.{0,12}"
            "|此内容.{0,6}(?:无法查看|已被删除)|查無此.{1,6}|查无此.{1,6}|該文章已.{0,12}|链接已失效|哎呀.{0,20}",
        weak="错误|錯誤|出错了|出錯了|抱歉|很抱歉|对不起|對不起|糟糕|系统提示|提示信息", before=
            "(?:抱歉|很抱歉|非常抱歉|对不起|對不起|哎呀|糟糕|错误|錯誤|不好意思|您好|出错了|出錯了|呃|啊哦)+"),
    Tongue("ko",
        things=
            "(?:요청하신 |찾으시는 |원하시는 |해당 |요청한 |입력하신 |존재하지 않는 )?(?:웹 ?)?(?:페이지|기사|문서"
            "|게시물|게시글|콘텐츠|컨텐츠|파일|주소|링크|자료|내용|동영상|글)(?:를|을|가|이|는|은)?",
        fates=
            "(?:현재 )?(?:찾을 수 (?:없습니다|없음|없어요|없네요)|존재하지 않(?:습니다|거나 _|음|아요)|없습니다|없음"
            "|삭제(?:되었|됐|된)\\w*(?: _)?|발견되지 않았습니다|이동되었거나 _|사용할 수 없(?:습니다|거나 _)"
            "|볼 수 없습니다|만료되었습니다|변경되었거나 _|잘못\\w*(?: _)?)",
        laments="존재하지 않는|없는|삭제된|찾을 수 없는|잘못된", strong=
            "찾을 수 없(?:습니다|음)|(?:삭제되었거나 |변경되었거나 |이동되었거나 )?(?:존재하지 않는|없는|삭제된"
            "|찾을 수 없는) (?:페이지|기사|게시물|게시글|문서|글|주소)(?:입니다|에요|예요)?|페이지 없음"
            "|결과(?:가)? 없(?:습니다|음)|아무것도 찾을 수 없습니다",
        weak="오류|에러|죄송합니다|앗|이런|오류가 발생했습니다|안내|잘못된 (?:접근|주소|경로|요청)입니다", before=
            "(?:죄송합니다 |죄송하지만 |앗 |이런 |오류 |에러 |불편을 드려 )+"),
    Tongue("ar",
        things="(?:هذه |هذا |عذرا )?(?:ال|لل)?(?:صفحة|مقال|مقالة|محتوى|خبر|ملف|رابط|مستند|موضوع|عنوان|فيديو"
            "|مادة)(?: (?:ال)?(?:مطلوبة|مطلوب))?",
        fates=
            "(?:ال)?(?:غير (?:موجودة?|متوفرة?|متاحة?)|لم (?:يتم العثور عليها|يتم العثور عليه|تعد موجودة|تعد متاحة"
            "|يعد متاحا|يعد موجودا|نعثر عليها)|لا توجد|لا يوجد|ليست موجودة|تم حذفها|تم حذفه|محذوفة?|مفقودة?|حذفت"
            "|قد حذفت|لم تعد موجودة|لم تعد متوفرة)",
        laments="لم (?:يتم العثور على|نتمكن من العثور على|نعثر على|نجد)|تعذر العثور على|لا (?:توجد|يوجد)"
            "|لا يمكن العثور على|لا نستطيع العثور على|لم يعثر على",
        strong=
            "غير (?:موجودة?|متوفرة?|متاحة?)|لم يتم العثور على (?:شيء|اي شيء|نتائج)|لا توجد نتائج|لا يوجد شيء هنا",
            weak="خطا|عفوا|عذرا|نعتذر|اسف|نأسف",
        before="(?:عفوا |عذرا |نعتذر |للاسف |يبدو ان |لكن |خطا |اسف |نأسف )+", after=
            "(?: (?:على|هذا|الموقع|الخادم|او|تم|نقلها|حذفها|التي|تبحث|عنها|طلبتها|في))+"),
    Tongue("fa",
        things=
            "(?:این |متاسفانه )?(?:صفحه|مطلب|خبر|مقاله|محتوا|محتوای|فایل|لینک|آدرس|نوشته|سند)(?: (?:ای|مورد نظر"
            "|درخواستی|مورد نظر شما|درخواست شده))?",
        fates="(?:مورد نظر |شما )?(?:یافت نشد|پیدا نشد|وجود ندارد|موجود نیست|در دسترس نیست|حذف شده(?: است)?"
            "|پیدا نمی شود|یافت نشده است)", strong=
            "یافت نشد|پیدا نشد|چیزی یافت نشد|چیزی پیدا نشد|نتیجه ای یافت نشد", weak=
            "خطا|متاسفیم|متاسفانه|اوه|اوپس|ببخشید", before=
            "(?:متاسفانه |متاسفیم |اوپس |اوه |ببخشید |خطا |به نظر می رسد )+", after=
            "(?: (?:است|در|این|سایت|سرور|یا|حذف|شده))+"),
    Tongue("he",
        things=
            "(?:ה)?(?:דף|עמוד|כתבה|כתבת|תוכן|מאמר|קובץ|קישור|כתובת|פריט)(?: (?:זה|זו|המבוקש|שחיפשת|שחיפשתם|שביקשת"
            "|אינטרנט))?",
        fates="(?:המבוקש |שחיפשת |שחיפשתם |שביקשת )?(?:לא נמצאה?|לא נמצא|אינו קיים|אינה קיימת|לא קיים|לא קיימת"
            "|אינו זמין|לא זמין|הוסרה?|נמחקה?|כבר לא קיים|כבר לא זמין)", laments=
            "(?:לא (?:מצאנו|הצלחנו למצוא|ניתן למצוא)|אין)(?: את)?",
        strong="לא נמצאה?|לא נמצאו תוצאות|אין כאן כלום|הדף לא נמצא", weak="שגיאה|אופס|מצטערים|סליחה|אוי", before=
            "(?:אופס |מצטערים |סליחה |אוי |לצערנו |נראה ש|אבל |שגיאה )+", after=
            "(?: (?:בשרת|באתר|זה|או|הוסר|הועבר))+"),
    Tongue("hi",
        things=
            "(?:यह |आपके द्वारा |अनुरोधित |वह )?(?:वेब ?)?(?:पेज|पृष्ठ|पन्ना|लेख|सामग्री|खबर|ख़बर|समाचार|फ़ाइल|फाइल"
            "|लिंक|दस्तावेज़|दस्तावेज|वीडियो)",
        fates="(?:उपलब्ध |मौजूद |अस्तित्व में )?(?:नहीं (?:मिला|मिली|मिल सका|मिल रहा(?: है)?|है|पाया गया|मौजूद है"
            "|उपलब्ध है)|हटा (?:दिया|दी) (?:गया|गई)(?: है)?|हटाया गया(?: है)?)", strong=
            "नहीं (?:मिला|मिली)|कुछ नहीं मिला|पाया नहीं गया", weak="त्रुटि|उफ़|ओह|क्षमा करें|माफ़ करें|खेद है",
            before="(?:क्षमा करें |माफ़ करें |माफ करें |उफ़ |ओह |त्रुटि |खेद है |आप |जो |जिस )+"),
    Tongue("bn",
        things="(?:এই |আপনার |অনুরোধকৃত )?(?:পৃষ্ঠা|পাতা|পাতাটি|পৃষ্ঠাটি|পেজ|পেজটি|নিবন্ধ|সংবাদ|খবর)", fates=
            "(?:খুঁজে )?(?:পাওয়া যায়নি|পাওয়া যায়নি|নেই|মুছে ফেলা হয়েছে)", strong=
            "(?:খুঁজে )?পাওয়া যায়নি|কিছু পাওয়া যায়নি", weak="ত্রুটি|দুঃখিত", before="(?:দুঃখিত |ত্রুটি )+"),
    Tongue("ur",
        things="(?:یہ |مطلوبہ )?(?:صفحہ|مضمون|خبر|مواد)", fates=
            "(?:موجود )?(?:نہیں (?:ملا|ملی|ہے|مل سکا)|دستیاب نہیں(?: ہے)?|موجود نہیں(?: ہے)?|حذف کر دیا گیا(?: ہے)?)",
            strong="نہیں (?:ملا|ملی)", weak="خرابی|معذرت|افسوس", before="(?:معذرت |افسوس |خرابی )+"),
    Tongue("th", spaced=False,
        things="(?:หน้า(?:เว็บ|ที่คุณ.{0,20}|ที่ท่าน.{0,20}|นี้|เพจ)?|บทความ|เนื้อหา|ข่าว|ไฟล์|ลิงก์"
            "|เว็บเพจ)(?:.{0,12})?", fates=
            ".{0,10}(?:ไม่พบ|ไม่มีอยู่|ถูกลบ|ถูกย้าย|ไม่สามารถ(?:ใช้|เข้าถึง|แสดง)|หายไป|ไม่มี)(?:.{0,24})?",
            laments="(?:ขออภัย|เสียใจด้วย)?.{0,6}(?:ไม่พบ|ไม่มี|หาไม่เจอ|ไม่เจอ)", strong=
            "ไม่พบ(?:หน้า|ข้อมูล|เนื้อหา|บทความ).{0,30}|ไม่พบ", weak="ข้อผิดพลาด|ขออภัย|อุ๊ปส์|เกิดข้อผิดพลาด"),
)
# fmt: on
