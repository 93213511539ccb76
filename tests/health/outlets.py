"""Outlets made up for tests, in many languages and systems: their pieces, pages, front pages and error pages.

The pages have the shapes of real templates (WordPress, Arc, Drupal, Ghost, Substack, Medium, Wix, Squarespace, Next.js,
old static sites); the words of error pages are those that outlets and the translations of these systems use.
"""

import html
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Outlet:
    name: str
    host: str
    language: str
    system: str

    @property
    def root(self) -> str:
        return f"https://{self.host}/"


@dataclass(frozen=True)
class Piece:
    outlet: Outlet
    headline: str
    other_headline: str  # what an editor might make of it
    path: str
    text: tuple[str, ...]
    card: bool = True  # social cards and dates in its head

    @property
    def url(self) -> str:
        return f"https://{self.outlet.host}{self.path}"


def _by_language(block: str) -> dict[str, tuple[str, ...]]:
    """Lines under the language that is named above them."""
    texts: dict[str, list[str]] = {}
    for line in block.strip().split("\n"):
        if line.endswith(":") and len(line) < 5:
            texts[line[:-1]] = language = []
        else:
            language.append(line)
    return {name: tuple(lines) for name, lines in texts.items()}


WORDS = _by_language("""
en:
The alliance has rested for decades on an assumption that nobody in the capital wanted to test in public.
Officials who were asked about the plan spoke of costs that would rise well before any benefit could be seen.
What follows from this is less a doctrine than a habit of mind, and habits are hard to give up in a crisis.
A more modest aim would be to hold what is held now and to leave the rest to those who live next door.
None of the papers published since the summer explains how the ships are to be built in the time that is left.
es:
La alianza descansó durante décadas en un supuesto que nadie en la capital quería poner a prueba en público.
Los funcionarios consultados sobre el plan hablaron de costos que subirían mucho antes que cualquier beneficio.
De esto se sigue menos una doctrina que una costumbre, y las costumbres se abandonan con dificultad en una crisis.
Un objetivo más modesto sería conservar lo que hoy se tiene y dejar lo demás a quienes viven al lado.
fr:
L’alliance reposait depuis des décennies sur une hypothèse que personne dans la capitale ne voulait éprouver.
Les responsables interrogés sur ce plan ont parlé de coûts qui monteraient bien avant les premiers bénéfices.
Il en découle moins une doctrine qu’une habitude, et l’on quitte difficilement ses habitudes en temps de crise.
Un but plus modeste serait de garder ce que l’on tient et de laisser le reste à ceux qui vivent à côté.
de:
Das Bündnis beruhte jahrzehntelang auf einer Annahme, die in der Hauptstadt niemand öffentlich prüfen wollte.
Beamte, die nach dem Plan gefragt wurden, sprachen von Kosten, die lange vor jedem Nutzen steigen würden.
Daraus folgt weniger eine Lehre als eine Gewohnheit, und Gewohnheiten legt man in der Krise schwer ab.
Ein bescheideneres Ziel wäre, zu halten, was man hat, und den Rest den Nachbarn zu überlassen.
it:
Per decenni l’alleanza ha poggiato su un presupposto che nessuno nella capitale voleva mettere alla prova.
I funzionari interpellati sul piano hanno parlato di costi che salirebbero ben prima di ogni beneficio.
Ne segue meno una dottrina che un’abitudine, e le abitudini si lasciano a fatica durante una crisi.
Uno scopo più modesto sarebbe tenere ciò che si ha e lasciare il resto a chi vive accanto.
pt:
A aliança apoiou-se durante décadas numa hipótese que ninguém na capital queria pôr à prova em público.
Funcionários ouvidos sobre o plano falaram de custos que subiriam muito antes de qualquer benefício.
Disso resulta menos uma doutrina do que um hábito, e os hábitos custam a abandonar numa crise.
Um objetivo mais modesto seria guardar o que se tem e deixar o resto a quem vive ao lado.
ru:
Союз десятилетиями держался на предположении, которое никто в столице не хотел проверять на людях.
Чиновники, которых спрашивали о плане, говорили о расходах, растущих задолго до какой-либо пользы.
Из этого следует не столько учение, сколько привычка, а с привычками в кризис расстаются тяжело.
Более скромной целью было бы удержать то, что есть, а остальное оставить соседям.
uk:
Союз десятиліттями тримався на припущенні, яке ніхто в столиці не хотів перевіряти на людях.
Посадовці, яких питали про план, говорили про витрати, що зростуть задовго до будь-якої користі.
З цього випливає радше звичка, ніж доктрина, а від звичок у кризу відмовляються важко.
pl:
Sojusz przez dziesięciolecia opierał się na założeniu, którego nikt w stolicy nie chciał sprawdzać publicznie.
Urzędnicy pytani o plan mówili o kosztach, które wzrosną na długo przed jakąkolwiek korzyścią.
Wynika z tego mniej doktryna niż nawyk, a z nawyków trudno rezygnować w czasie kryzysu.
nl:
Het bondgenootschap rustte decennialang op een aanname die niemand in de hoofdstad in het openbaar wilde toetsen.
Ambtenaren die naar het plan werden gevraagd, spraken over kosten die ver voor de baten zouden stijgen.
Daaruit volgt minder een leer dan een gewoonte, en gewoonten legt men in een crisis moeilijk af.
tr:
İttifak on yıllar boyunca başkentte kimsenin açıkça sınamak istemediği bir varsayıma dayandı.
Plan hakkında soru sorulan yetkililer, faydalardan çok önce artacak maliyetlerden söz etti.
Bundan bir öğretiden çok bir alışkanlık çıkıyor ve alışkanlıklar kriz anında zor bırakılır.
ja:
同盟は何十年もの間、首都の誰もが公の場で試そうとしなかった前提の上に成り立ってきたと専門家は指摘する。
計画について尋ねられた当局者たちは、利益が見えるよりもずっと前に費用が膨らむだろうと語っている。
そこから導かれるのは教義というよりも思考の習慣であり、習慣を危機の最中に手放すことは容易ではない。
zh:
几十年来，这一联盟一直建立在首都无人愿意公开检验的假设之上，专家们对此早已议论纷纷却始终没有结论。
被问及该计划的官员们谈到，成本将在任何收益显现之前很久就开始上升，而预算案至今没有提及这一点。
由此得出的与其说是一种学说，不如说是一种思维习惯，而在危机之中人们很难放弃自己的习惯。
ko:
동맹은 수십 년 동안 수도의 누구도 공개적으로 시험하고 싶어 하지 않았던 가정 위에 서 있었다고 전문가들은 말한다.
계획에 대해 질문을 받은 당국자들은 이익이 보이기 훨씬 전에 비용이 늘어날 것이라고 이야기했다.
여기서 나오는 것은 교리라기보다 생각의 습관이며 위기 속에서 습관을 버리기는 쉽지 않다.
ar:
ظل التحالف عقودا قائما على افتراض لم يرغب أحد في العاصمة في اختباره علنا أمام الناس.
وتحدث المسؤولون الذين سئلوا عن الخطة عن تكاليف سترتفع قبل ظهور أي فائدة بوقت طويل.
وما ينتج عن ذلك عادة في التفكير أكثر منه عقيدة، والعادات يصعب التخلي عنها وقت الأزمات.
fa:
این ائتلاف دهه ها بر فرضی استوار بود که هیچ کس در پایتخت نمی خواست آن را آشکارا بیازماید.
مقام هایی که درباره طرح از آنان پرسیده شد از هزینه هایی گفتند که بسیار پیش از هر سودی بالا می رود.
از این بیشتر یک عادت فکری برمی آید تا یک آموزه و ترک عادت در بحران دشوار است.
he:
הברית נשענה במשך עשורים על הנחה שאיש בבירה לא רצה להעמיד למבחן בפומבי.
פקידים שנשאלו על התוכנית דיברו על עלויות שיעלו זמן רב לפני שתיראה תועלת כלשהי.
מכאן נובע הרגל מחשבה יותר מאשר תורה סדורה, וקשה לוותר על הרגלים בשעת משבר.
hi:
यह गठबंधन दशकों तक एक ऐसी धारणा पर टिका रहा जिसे राजधानी में कोई सार्वजनिक रूप से परखना नहीं चाहता था।
योजना के बारे में पूछे जाने पर अधिकारियों ने ऐसी लागतों की बात की जो लाभ से बहुत पहले बढ़ेंगी।
इससे सिद्धांत कम और सोचने की आदत अधिक निकलती है और संकट में आदतें छोड़ना कठिन होता है।
id:
Aliansi itu selama puluhan tahun bertumpu pada anggapan yang tak seorang pun di ibu kota ingin uji secara terbuka.
Para pejabat yang ditanya tentang rencana itu berbicara tentang biaya yang akan naik jauh sebelum manfaat terlihat.
Yang lahir dari situ lebih merupakan kebiasaan berpikir daripada doktrin, dan kebiasaan sulit dilepas saat krisis.
vi:
Liên minh này trong nhiều thập kỷ dựa trên một giả định mà không ai ở thủ đô muốn kiểm chứng công khai.
Các quan chức được hỏi về kế hoạch nói đến những chi phí sẽ tăng lên rất lâu trước khi thấy được lợi ích.
Điều rút ra ở đây là một thói quen suy nghĩ hơn là một học thuyết, và thói quen khó bỏ trong khủng hoảng.
cs:
Spojenectví po desetiletí stálo na předpokladu, který v hlavním městě nikdo nechtěl veřejně zkoušet.
Úředníci dotázaní na plán mluvili o nákladech, které porostou dlouho před jakýmkoli užitkem.
Plyne z toho méně doktrína než zvyk, a zvyků se v krizi vzdáváme těžko.
sv:
Alliansen vilade i årtionden på ett antagande som ingen i huvudstaden ville pröva offentligt.
Tjänstemän som tillfrågades om planen talade om kostnader som skulle stiga långt före någon nytta.
Därav följer mindre en lära än en vana, och vanor är svåra att lägga av i en kris.
el:
Η συμμαχία στηρίχθηκε επί δεκαετίες σε μια υπόθεση που κανείς στην πρωτεύουσα δεν ήθελε να δοκιμάσει δημόσια.
Αξιωματούχοι που ρωτήθηκαν για το σχέδιο μίλησαν για κόστος που θα αυξηθεί πολύ πριν από κάθε όφελος.
Από αυτό προκύπτει λιγότερο ένα δόγμα και περισσότερο μια συνήθεια, και οι συνήθειες κόβονται δύσκολα.
""")

# fmt: off
OUTLETS = {
    "wp": Outlet("War on the Rocks", "warontherocks.example", "en", "wordpress"),
    "arc": Outlet("The Harbor Post", "www.harborpost.example", "en", "arc"),
    "drupal": Outlet("Council on Policy", "council.example", "en", "drupal"),
    "ghost": Outlet("The Restrainer", "restrainer.example", "en", "ghost"),
    "substack": Outlet("Notes on Strategy", "notes.substack.example", "en", "substack"),
    "medium": Outlet("Medium", "medium.example", "en", "medium"),
    "wix": Outlet("Policy Lab", "www.policylab.example", "en", "wix"),
    "squarespace": Outlet("Quincy Review", "quincyreview.example", "en", "squarespace"),
    "next": Outlet("Signal", "signal.example", "en", "next"),
    "static": Outlet("Old Bulletin", "bulletin.example", "en", "static"),
    "es": Outlet("El Diario del Sur", "eldiariosur.example", "es", "wordpress"),
    "fr": Outlet("La Revue du Monde", "revuedumonde.example", "fr", "drupal"),
    "de": Outlet("Tagesblick", "www.tagesblick.example", "de", "arc"),
    "it": Outlet("Il Corriere di Prova", "corriereprova.example", "it", "wordpress"),
    "pt": Outlet("Folha de Teste", "folhateste.example", "pt", "arc"),
    "ru": Outlet("Взгляд издалека", "vzglyad.example", "ru", "wordpress"),
    "uk": Outlet("Київський огляд", "oglyad.example", "uk", "wordpress"),
    "pl": Outlet("Nowa Polityka", "nowapolityka.example", "pl", "drupal"),
    "nl": Outlet("De Dagkrant", "dagkrant.example", "nl", "squarespace"),
    "tr": Outlet("Yeni Gündem", "yenigundem.example", "tr", "wordpress"),
    "ja": Outlet("試験新聞", "shiken.example", "ja", "static"),
    "zh": Outlet("观察时报", "guancha.example", "zh", "static"),
    "ko": Outlet("한강일보", "hangang.example", "ko", "next"),
    "ar": Outlet("صحيفة الرأي", "alray.example", "ar", "wordpress"),
    "fa": Outlet("روزنامه فردا", "farda.example", "fa", "wordpress"),
    "he": Outlet("הזמן החדש", "hazman.example", "he", "drupal"),
    "hi": Outlet("नया समाचार", "samachar.example", "hi", "wordpress"),
    "id": Outlet("Kabar Nusa", "kabarnusa.example", "id", "wordpress"),
    "vi": Outlet("Tin Mới", "tinmoi.example", "vi", "static"),
    "cs": Outlet("Listy z Prahy", "listyzprahy.example", "cs", "wordpress"),
    "sv": Outlet("Dagens Vy", "dagensvy.example", "sv", "ghost"),
    "el": Outlet("Νέα Εποχή", "neaepochi.example", "el", "wordpress"),
}

HEADLINES: dict[str, tuple[str, str, str]] = {  # outlet: headline, what an editor might make of it, slug
    "wp": ("The Case for a Smaller Navy", "Fewer Ships Would Make the Fleet Stronger",
        "the-case-for-a-smaller-navy"),
    "arc": ("Why Washington should leave Syria now", "The troops have no mission left, and everybody knows",
        "why-washington-should-leave-syria-now"),
    "drupal": ("Burden Sharing After the Summit", "Europe Can Pay, and It Will", "burden-sharing-after-the-summit"),
    "ghost": ("What restraint means for Taiwan", "An island, an ocean, and the limits of promises",
        "what-restraint-means-for-taiwan"),
    "substack": ("Three myths about deterrence", "Deterrence is not what they taught you",
        "three-myths-about-deterrence"),
    "medium": ("How wars end when nobody wins", "The quiet arithmetic of a stalemate",
        "how-wars-end-when-nobody-wins-5f3c2a9d01be"),
    "wix": ("A Budget Without a Strategy", "Nine Hundred Billion Questions", "a-budget-without-a-strategy"),
    "squarespace": ("Korea and the price of tripwires", "Seoul does not need our soldiers",
        "korea-and-the-price-of-tripwires"),
    "next": ("Drones are not a doctrine", "Cheap machines, expensive illusions", "drones-are-not-a-doctrine"),
    "static": ("Arms control in the age of hypersonics", "Fast missiles and slow diplomats",
        "arms-control-hypersonics"),
    "es": ("Por qué Europa debe defenderse sola", "Bruselas aprende a contar soldados",
        "por-que-europa-debe-defenderse-sola"),
    "fr": ("L’Europe face au retrait américain", "Quand Washington s’en va, Paris hésite",
        "europe-face-au-retrait-americain"),
    "de": ("Warum die Bundeswehr neu denken muss", "Mehr Geld allein hilft der Truppe nicht",
        "warum-die-bundeswehr-neu-denken-muss"),
    "it": ("La NATO dopo Kabul", "Che cosa resta dell’alleanza", "la-nato-dopo-kabul"),
    "pt": ("O preço das sanções", "Quem paga quando se fecha o comércio", "o-preco-das-sancoes"),
    "ru": ("Границы возможного в Азии", "Чего хочет Пекин и что он может", "granitsy-vozmozhnogo-v-azii"),
    "uk": ("Ціна довгої війни", "Скільки коштує кожен рік", "tsina-dovhoyi-viyny"),
    "pl": ("Granice sojuszu na wschodzie", "Kto obroni przesmyk suwalski", "granice-sojuszu-na-wschodzie"),
    "nl": ("De prijs van veiligheid", "Twee procent is niet genoeg", "de-prijs-van-veiligheid"),
    "tr": ("Boğazların yeni dengesi", "Ankara iki deniz arasında", "bogazlarin-yeni-dengesi"),
    "ja": ("台湾有事と日本の選択", "海峡をめぐる静かな計算", "20240612-00034"),
    "zh": ("亚洲安全格局的变化", "谁来维持海上秩序", "20240612_88123"),
    "ko": ("주한미군의 미래", "동맹의 비용을 다시 묻다", "20240612000123"),
    "ar": ("مستقبل الوجود العسكري في الخليج", "ماذا لو رحلت الأساطيل", "mustaqbal-alwujud-aleaskari"),
    "fa": ("آینده امنیت در خلیج فارس", "اگر ناوها بروند چه می شود", "ayande-amniat"),
    "he": ("עתיד הנוכחות האמריקנית באזור", "מה יקרה אם הצי יעזוב", "atid-hanochechut"),
    "hi": ("हिंद महासागर में नई रणनीति", "जहाज़ों की दौड़ और उसका दाम", "hind-mahasagar-nai-rananiti"),
    "id": ("Masa depan keamanan Laut Natuna", "Siapa menjaga selat kita", "masa-depan-keamanan-laut-natuna"),
    "vi": ("Tương lai an ninh Biển Đông", "Ai canh giữ vùng biển này", "tuong-lai-an-ninh-bien-dong"),
    "cs": ("Evropa bez amerického deštníku", "Kdo zaplatí za obranu", "evropa-bez-americkeho-destniku"),
    "sv": ("Vad Nato kräver av Norden", "Räkningen kommer nu", "vad-nato-kraver-av-norden"),
    "el": ("Το μέλλον της ανατολικής Μεσογείου", "Ποιος φυλάει τα στενά", "to-mellon-tis-anatolikis-mesogeiou"),
}

# fmt: on

# Title, heading and text of outlets' error pages; empty where they have none.
ERRORS = {
    language: tuple((title, heading, text) for title, heading, text in (line.split("|") for line in lines))
    for language, lines in _by_language("""
en:
Page not found|Oops! That page can’t be found.|It looks like nothing was found at this location. Maybe try one of the links below or a search?
404|This page could not be found.|
|We can’t find the page you’re looking for|The link may be broken, or the page may have been removed. Check that the address is spelled correctly.
Error 404 (Not Found)||The requested URL was not found on this server.
|Sorry, this story is no longer available|Our agreement with the provider has ended.
Content unavailable|This content has been removed|It may have expired or been deleted by its author.
Page Not Found|Lost? Let us help.|We looked everywhere. Try our latest stories instead.
||Sorry, the page you requested does not exist.
Oops|Well, this is embarrassing.|We couldn’t find that article. It might have been moved or deleted.
es:
Página no encontrada|¡Vaya! No encontramos esa página|Puede que el enlace esté roto o que la página se haya eliminado.
|Lo sentimos, la página que buscas no existe|
Error 404|No se encontró la página solicitada|Prueba con el buscador.
fr:
Page introuvable|Oups ! Cette page est introuvable.|Il semble que rien n’ait été trouvé à cet endroit.
|La page que vous recherchez n’existe plus|Elle a peut-être été déplacée ou supprimée.
Page non trouvée|Page non trouvée|La page demandée n’a pas pu être trouvée.
de:
Seite nicht gefunden|Hoppla! Diese Seite konnte nicht gefunden werden.|
Fehler 404|Die gewünschte Seite existiert leider nicht|Bitte prüfen Sie die Adresse.
|Dieser Artikel ist nicht mehr verfügbar|Aus rechtlichen Gründen dürfen wir ihn nicht länger zeigen.
it:
Pagina non trovata|Ops! La pagina non è stata trovata|
|La pagina che stai cercando non esiste|Forse è stata rimossa.
pt:
Página não encontrada|Ops! Página não encontrada|
|A página que você procura não existe|Ela pode ter sido removida.
Erro 404|Conteúdo não encontrado|
ru:
Страница не найдена|Страница не найдена|Возможно, она была удалена или перемещена.
|К сожалению, такой страницы не существует|
Ошибка 404|Запрашиваемая страница не найдена|
uk:
Сторінку не знайдено|Ой! Сторінку не знайдено|
|На жаль, такої сторінки не існує|
pl:
Nie znaleziono strony|Nie znaleziono strony|Żądana strona nie została znaleziona.
|Strona, której szukasz, nie istnieje|
nl:
Pagina niet gevonden|Pagina niet gevonden|De opgevraagde pagina kon niet worden gevonden.
|Oeps, deze pagina bestaat niet (meer)|
tr:
Sayfa bulunamadı|Aradığınız sayfa bulunamadı|
|Üzgünüz, bu sayfa bulunamadı|Sayfa kaldırılmış olabilir.
ja:
ページが見つかりません|お探しのページは見つかりませんでした|
|指定されたページは存在しないか、削除された可能性があります。|
エラー|この記事は公開を終了しました|
zh:
页面不存在|抱歉，您访问的页面不存在|请检查网址是否正确
|很抱歉，您要访问的页面已被删除|
找不到網頁|抱歉，找不到您要的頁面|
ko:
페이지를 찾을 수 없습니다|요청하신 페이지를 찾을 수 없습니다|
|존재하지 않는 기사입니다|삭제되었거나 주소가 변경되었습니다.
ar:
الصفحة غير موجودة|عذراً، الصفحة غير موجودة|
|لم يتم العثور على الصفحة المطلوبة|
fa:
صفحه پیدا نشد|صفحه مورد نظر یافت نشد|
|متاسفانه صفحه مورد نظر شما پیدا نشد|
he:
הדף לא נמצא|העמוד המבוקש לא נמצא|
|מצטערים, הדף שחיפשת לא נמצא|
hi:
पेज नहीं मिला|यह पेज उपलब्ध नहीं है|
|आप जो पेज खोज रहे हैं वह नहीं मिला|
id:
Halaman tidak ditemukan|Halaman tidak ditemukan|
|Maaf, halaman yang Anda cari tidak ditemukan|
vi:
Không tìm thấy trang|Trang không tồn tại|
|Rất tiếc, trang bạn tìm không tồn tại|
cs:
Stránka nenalezena|Stránka nebyla nalezena|
|Požadovaná stránka neexistuje|
sv:
Sidan hittades inte|Hoppsan! Sidan kunde inte hittas|
|Sidan du söker finns inte längre|
el:
Η σελίδα δεν βρέθηκε|Η σελίδα δεν βρέθηκε|
|Λυπούμαστε, η σελίδα που ζητήσατε δεν υπάρχει|
""").items()  # noqa: E501
}


def piece(outlet: str, path: str = "/{slug}/", *, card: bool = True) -> Piece:
    home = OUTLETS[outlet]
    headline, other, slug = HEADLINES[outlet]
    return Piece(home, headline, other, path.format(slug=slug), WORDS[home.language], card)


TAILS = {
    "wordpress": "{title} - {site}", "arc": "{title} | {site}", "drupal": "{title} | {site}", "ghost": "{title}",
    "substack": "{title} - by A. Writer - {site}", "medium": "{title} | by A. Writer | {site}", "wix":
        "{title} | {site}",
    "squarespace": "{title} — {site}", "next": "{title} · {site}", "static": "{site}: {title}",
}  # fmt: skip
BARS = (
    '<header><a href="/">{site}</a><nav><ul><li><a href="/world">World</a></li><li><a '
    'href="/opinion">Opinion</a></li>'
    '<li><a href="/podcasts">Podcasts</a></li><li><a href="/about">About</a></li></ul></nav></header>'
)
FEET = (
    "<footer><p>© 2026 {site}. All rights reserved. Republication only with the written permission of the "
    "editors.</p>"
    '<a href="/privacy">Privacy</a><a href="/terms">Terms</a></footer>'
)
LATEST = (
    '<aside><h3>Latest</h3><ul><li><a href="/one-more">One more piece about the price of grain in the '
    "ports</a></li>"
    '<li><a href="/another">Another look at the budget and its many friends</a></li></ul></aside>'
)


def document(
    outlet: Outlet, title: str, main: str, *, head: str = "", dressed: bool = True, latest: bool = True
) -> str:
    """A page of an outlet, between its bars."""
    named = (
        TAILS[outlet.system].format(title=title, site=outlet.name)
        if dressed and title
        else title or outlet.name
    )
    bars, feet = BARS.format(site=outlet.name), FEET.format(site=outlet.name)
    generator = {
        "wordpress": "WordPress 6.8",
        "drupal": "Drupal 11",
        "ghost": "Ghost 6",
        "wix": "Wix.com Website Builder",
    }
    made = (
        f'<meta name="generator" content="{generator[outlet.system]}">' if outlet.system in generator else ""
    )
    script = (
        "<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}</script>"
        * 6
    )
    return (
        f'<!DOCTYPE html><html lang="{outlet.language}"><head><meta charset="utf-8">{made}'
        f"<title>{html.escape(named)}</title>{head}{script}</head><body>{bars}<main>{main}</main>"
        f"{LATEST if latest else ''}{feet}</body></html>"
    )


def card(piece: Piece, title: str) -> str:
    """What living pieces say of themselves in the head."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2024-06-12",
    }
    return (
        f'<link rel="canonical" href="{piece.url}"><meta property="og:url" content="{piece.url}">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{html.escape(title)}">'
        f'<meta property="article:published_time" content="2024-06-12T10:00:00Z">'
        f'<meta property="og:site_name" content="{html.escape(piece.outlet.name)}">'
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )


def living(
    piece: Piece, title: str = "", *, text: tuple[str, ...] | None = None, head: str = "", after: str = ""
) -> str:
    """The page of a living piece in its outlet's system."""
    title = title or piece.headline
    words = text if text is not None else piece.text
    kinds = {
        "wordpress": "entry-content",
        "arc": "article-body",
        "drupal": "field--name-body",
        "ghost": "gh-content",
    }
    paragraphs = (
        "".join(f"<p>{words[number % len(words)]}</p>" for number in range(max(len(words), 6)))
        if words
        else ""
    )
    main = (
        f'<article><h1 class="title">{html.escape(title)}</h1><p class="byline">A. Writer, 12 June 2024</p>'
        f'<div class="{kinds.get(piece.outlet.system, "content")}">{paragraphs}</div>{after}</article>'
    )
    return document(piece.outlet, title, main, head=(card(piece, title) if piece.card else "") + head)


def missing(outlet: Outlet, error: tuple[str, str, str], *, noindex: bool = False, head: str = "") -> str:
    """The outlet's error page."""
    title, heading, text = error
    robots = '<meta name="robots" content="noindex, follow">' if noindex else ""
    level = "h2" if outlet.system in ("arc", "wix") else "h1"
    main = f"<section class='error-404 not-found'>{f'<{level}>{heading}</{level}>' if heading else ''}"
    main += f"<p>{text}</p>" if text else ""
    main += '<form role="search" action="/"><input name="s" placeholder="Search"></form></section>'
    return document(outlet, title, main, head=robots + head)


def front(outlet: Outlet, title: str = "", *, canonical: bool = True) -> str:
    """The outlet's front page."""
    teasers = "".join(
        f'<article><h2><a href="/{word}">{text}</a></h2><p>{line}</p></article>'
        for word, text, line in zip(
            ("first", "second", "third"),
            (
                "The grain ports wait for ships",
                "A minister explains himself again",
                "What the polls did not see",
            ),
            WORDS[outlet.language],
            strict=False,
        )
    )
    head = (
        f'<link rel="canonical" href="{outlet.root}"><meta property="og:url" content="{outlet.root}"><meta '
        f'property="og:type" content="website">'
    )
    return document(outlet, title, teasers, head=head if canonical else "", dressed=bool(title))
