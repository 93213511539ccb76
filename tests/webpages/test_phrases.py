"""Phrases: what error pages say in the languages of the web is known, and what headlines say is not taken for it."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.webpages import phrases
from syndicator.webpages.phrases import Strength
from syndicator.webpages.titles import folded, unaccented
from syndicator.webpages.tongues import TONGUES, Tongue

# Collected from error pages of outlets and from translations of their systems. Not the words of `tongues` taken over:
# nine in ten of these were known before any of them was tried.
SAID = """
en:
We couldn't find that page
Whoops, we couldn't find that page.
The page you were looking for doesn't exist.
You may have mistyped the address or the page may have moved.
This page doesn't exist
This page does not exist anymore
Hmm... This page doesn’t exist
Sorry, we couldn't find what you were looking for
We're sorry, the page you have looked for does not exist in our content!
The article you are looking for is no longer available.
This content is currently unavailable
The link you followed may be broken, or the page may have been removed.
The page you are trying to reach cannot be found
404 | This page could not be found
404 - File or directory not found.
HTTP 404 Not Found
Whitelabel Error Page
There's nothing here.
Sorry, that page was not found
We can't seem to find the page you're looking for.
Uh oh! Page not found
Post no longer available
This episode is no longer available
The requested page could not be found.
The requested page was not found
Document not found
That page does not exist
Story not found
This post has been deleted
This page has moved or no longer exists
Sorry! The page you're looking for is no longer here.
Oops, something went wrong. The page you requested could not be found.
This article was removed by its author
Page can't be displayed
It seems we can’t find what you’re looking for.
Sorry, no posts matched your criteria.
No posts found
The page you’re looking for has been removed, renamed or is unavailable
The content you requested has been archived or removed
We have been unable to locate the page you requested
Looks like this page is missing
You've reached a page that doesn't exist
This is not the page you are looking for
This isn't the page you're looking for
es:
La página solicitada no existe
No se pudo encontrar la página solicitada.
¡Ups! No se ha podido encontrar esa página.
Error 404: página no encontrada
La página que intenta ver no existe
Esta página no existe o ha sido eliminada
El contenido que buscas ya no está disponible
Artículo no encontrado
La noticia que buscas no está disponible
Parece que no hemos encontrado lo que buscas
No hemos encontrado la página que buscas
La URL solicitada no fue encontrada en este servidor
fr:
Désolé, cette page n'existe pas
La page demandée est introuvable
Cette page n'est pas disponible
Erreur 404 : page introuvable
L'article que vous cherchez n'existe pas
Oups, la page que vous cherchez n'existe pas ou plus
Impossible de trouver cette page
Contenu introuvable
La page que vous avez demandée n'a pas été trouvée
Cet article a été supprimé
Nous sommes désolés, la page que vous recherchez est introuvable.
Oups ! Page non trouvée
Aucun article trouvé
de:
Die Seite konnte nicht gefunden werden
Die von Ihnen gesuchte Seite existiert nicht
Diese Seite ist nicht verfügbar
Seite wurde nicht gefunden
Ups! Diese Seite gibt es nicht (mehr).
Oh nein, diese Seite existiert nicht mehr
404 – Seite nicht gefunden
Der gewünschte Artikel wurde nicht gefunden
Leider konnten wir die von Ihnen gesuchte Seite nicht finden.
Die aufgerufene Seite ist nicht vorhanden
Der Inhalt ist nicht mehr verfügbar
Es tut uns leid, die gesuchte Seite wurde nicht gefunden
Wir konnten die angeforderte Seite nicht finden
Beitrag nicht gefunden
Diese Seite wurde entfernt
Artikel nicht gefunden
Es wurde leider nichts gefunden
it:
La pagina richiesta non è stata trovata
Errore 404: pagina non trovata
La pagina non esiste
La pagina cercata non è disponibile
Ci dispiace, la pagina che cerchi non esiste più
Siamo spiacenti, la pagina richiesta non esiste
Articolo non trovato
Contenuto non più disponibile
Impossibile trovare la pagina
Ops! Non riusciamo a trovare la pagina che cerchi
L'articolo non è più disponibile
pt:
Esta página não existe
A página solicitada não foi encontrada
Não encontramos a página que você procura
Desculpe, não encontramos a página solicitada
Ops! Não foi possível encontrar esta página.
Página inexistente
Conteúdo indisponível
Esta notícia não está mais disponível
Artigo não encontrado
Lamentamos, mas a página que procura não existe
Esta publicação não está disponível
ru:
Такой страницы не существует
Страница, которую вы ищете, не существует
Извините, страница не найдена
Запрошенная вами страница не найдена
Страница не существует или была удалена
Материал не найден
Статья не найдена
Такой страницы нет
Мы не можем найти эту страницу
Упс! Страница не найдена
Кажется, такой страницы нет
Документ не найден
Новость не найдена
Публикация удалена
Похоже, мы не можем найти нужную вам страницу
pl:
Strona nie została znaleziona
Nie można znaleźć strony
Taka strona nie istnieje
Błąd 404 – nie znaleziono strony
Przepraszamy, strona o podanym adresie nie istnieje
Ups! Nie znaleźliśmy takiej strony
Szukana strona nie istnieje
Artykuł nie istnieje
Artykuł został usunięty
Nie udało się znaleźć strony
nl:
Deze pagina is niet gevonden
Pagina bestaat niet
De pagina die je zoekt bestaat niet
Helaas, deze pagina bestaat niet meer
We kunnen de pagina die je zoekt niet vinden
Artikel niet gevonden
Dit artikel is niet meer beschikbaar
De gevraagde pagina is niet gevonden
Sorry, we kunnen deze pagina niet vinden
tr:
Üzgünüz, aradığınız sayfayı bulamadık
Bu sayfa mevcut değil
Sayfa mevcut değil
Aradığınız içerik bulunamadı
Haber bulunamadı
Aradığınız sayfa kaldırılmış olabilir
Hata 404: Sayfa bulunamadı
İstediğiniz sayfa bulunamadı
ja:
お探しのページが見つかりません
ページが見つかりませんでした
このページは存在しません
404 ページが見つかりません
お探しのページは、移動または削除された可能性があります。
お探しの記事は見つかりませんでした
申し訳ございません。お探しのページが見つかりません。
アクセスしようとしたページは見つかりませんでした
該当するページが見つかりません
記事が見つかりません
ご指定のページは見つかりません
この記事は削除されました
お探しのコンテンツは存在しません
投稿が見つかりませんでした
zh:
页面未找到
您访问的页面不存在
抱歉，页面无法访问
抱歉，您访问的页面不存在或已删除
404 页面没有找到
文章不存在
该文章已被删除
此页面不存在
你访问的页面找不到了
您要查看的页面不存在
頁面不存在
找不到頁面
您所要瀏覽的頁面不存在
很抱歉，您所查詢的頁面不存在
查無此文章
此文章已下架
內容不存在
网页不存在
该内容已被发布者删除
抱歉，没有找到该文章
ko:
페이지를 찾을 수 없습니다.
찾으시는 페이지가 없습니다
요청하신 페이지가 존재하지 않습니다
죄송합니다. 요청하신 페이지를 찾을 수 없습니다.
삭제된 기사입니다
없는 페이지입니다
존재하지 않는 페이지
해당 기사를 찾을 수 없습니다
원하시는 페이지를 찾을 수 없습니다
기사가 존재하지 않습니다
삭제되었거나 존재하지 않는 기사입니다
페이지를 표시할 수 없습니다
ar:
الصفحة المطلوبة غير موجودة
لم يتم العثور على الصفحة
عذرا الصفحة غير موجودة
الصفحة التي تبحث عنها غير موجودة
عفواً، هذه الصفحة غير موجودة
لم نتمكن من العثور على الصفحة
هذه الصفحة غير متوفرة
المقال غير موجود
خطأ 404 الصفحة غير موجودة
هذا المحتوى غير متاح
لا يمكن العثور على الصفحة
عذرا، الصفحة التي طلبتها غير موجودة
fa:
صفحه مورد نظر پیدا نشد
صفحه مورد نظر شما یافت نشد
متاسفانه صفحه مورد نظر یافت نشد
این صفحه وجود ندارد
صفحه‌ای که به دنبال آن بودید پیدا نشد
خطای ۴۰۴
مطلب مورد نظر یافت نشد
he:
הדף שחיפשת לא נמצא
הדף המבוקש אינו קיים
אופס, הדף לא נמצא
העמוד לא נמצא
הכתבה לא נמצאה
הדף שאתם מחפשים לא נמצא
מצטערים, העמוד שחיפשתם לא קיים
hi:
पृष्ठ नहीं मिला
यह पृष्ठ मौजूद नहीं है
अनुरोधित पृष्ठ नहीं मिला
क्षमा करें, यह पेज उपलब्ध नहीं है
आप जिस पेज को ढूंढ रहे हैं वह मौजूद नहीं है
पेज उपलब्ध नहीं है
id:
Halaman tidak tersedia
Halaman yang Anda minta tidak ditemukan
Maaf, halaman tidak ditemukan
Artikel tidak ditemukan
Ups! Halaman tidak ditemukan.
Halaman yang kamu cari tidak ada
Berita tidak ditemukan
Konten tidak tersedia
vi:
Trang bạn tìm kiếm không tồn tại
Không tìm thấy trang bạn yêu cầu
Trang này không tồn tại
Xin lỗi, trang bạn tìm kiếm không tồn tại
Bài viết không tồn tại
Không tìm thấy nội dung
Lỗi 404: Không tìm thấy trang
Bài viết đã bị xóa
cs:
Stránka nebyla nalezena
Tato stránka neexistuje
Omlouváme se, stránka nebyla nalezena
Hledaná stránka neexistuje
Článek nebyl nalezen
Chyba 404 - stránka nenalezena
Stránku se nepodařilo najít
Bohužel, tato stránka neexistuje
sv:
Sidan finns inte
Sidan kan inte hittas
Vi kunde inte hitta sidan
Tyvärr hittades inte sidan
Sidan du söker kunde inte hittas
Artikeln finns inte längre
Vi hittar inte sidan du letar efter
Hoppsan, sidan finns inte
Innehållet är inte tillgängligt
el:
Η σελίδα δεν υπάρχει
Η σελίδα που αναζητάτε δεν βρέθηκε
Δεν βρέθηκε η σελίδα
Ουπς! Η σελίδα δεν βρέθηκε
Το άρθρο δεν βρέθηκε
Η σελίδα που ζητήσατε δεν είναι διαθέσιμη
uk:
Сторінка не знайдена
Сторінку не знайдено
Такої сторінки не існує
На жаль, сторінку не знайдено
Сторінка, яку ви шукаєте, не існує
Помилка 404. Сторінку не знайдено
Матеріал не знайдено
da:
Siden findes ikke
Siden kunne ikke findes
Siden blev ikke fundet
Vi kan ikke finde siden
Beklager, siden findes ikke
Siden eksisterer ikke
no:
Siden finnes ikke
Fant ikke siden
Vi finner ikke siden du leter etter
Beklager, siden finnes ikke
Siden ble ikke funnet
Siden eksisterer ikke
fi:
Sivua ei löydy
Hakemaasi sivua ei löytynyt
Sivua ei ole olemassa
Valitettavasti sivua ei löytynyt
Etsimääsi sivua ei löydy
ro:
Pagina nu a fost găsită
Pagina nu există
Pagina căutată nu există
Ne pare rău, pagina nu a fost găsită
Pagina pe care o căutați nu există
Articolul nu a fost găsit
hu:
Az oldal nem található
A keresett oldal nem található
Sajnáljuk, az oldal nem található
Ez az oldal nem létezik
A keresett oldal nem létezik
A kért oldal nem található
bg:
Страницата не е намерена
Страницата не съществува
Търсената страница не е намерена
Съжаляваме, страницата не е намерена
hr:
Stranica nije pronađena
Tražena stranica ne postoji
Stranica ne postoji
Žao nam je, stranica nije pronađena
sk:
Stránka nebola nájdená
Stránka neexistuje
Stránka sa nenašla
Požadovaná stránka neexistuje
th:
ไม่พบหน้าที่คุณต้องการ
ไม่พบหน้านี้
ขออภัย ไม่พบหน้าที่ท่านต้องการ
หน้าที่คุณกำลังมองหาไม่มีอยู่
ไม่พบเนื้อหา
ca:
No s'ha trobat la pàgina
La pàgina no existeix
Pàgina no trobada
bn:
পৃষ্ঠাটি পাওয়া যায়নি
দুঃখিত, পাতাটি খুঁজে পাওয়া যায়নি
"""

GENERAL = """
Page not found
404
Error 404
404 Not Found
Not Found
404 - Page not found
Oops! That page can’t be found.
The page you are looking for could not be found
Sorry, the page you requested was not found on this server.
We can't find that page
This article is no longer available
This story has been removed
The article you requested has expired
It looks like nothing was found at this location. Maybe try a search?
Page introuvable
La page que vous recherchez n'existe pas ou a été déplacée
Oups ! Cette page est introuvable
Nous n'avons pas trouvé la page demandée
Seite nicht gefunden
Die angeforderte Seite konnte nicht gefunden werden
Diese Seite existiert leider nicht mehr
Hoppla! Diese Seite konnte nicht gefunden werden.
Página no encontrada
Lo sentimos, la página que buscas no existe
No hemos podido encontrar la página
Pagina non trovata
La pagina che stai cercando non esiste
Página não encontrada
Desculpe, a página que você procura não existe mais
Не удалось найти страницу
Страница не найдена
Ошибка 404. Страница не найдена
К сожалению, запрашиваемая страница не существует
Сторінку не знайдено
Nie znaleziono strony
Strona, której szukasz, nie istnieje
Pagina niet gevonden
Deze pagina bestaat niet meer
De pagina die u zoekt kan niet worden gevonden
Sayfa bulunamadı
Aradığınız sayfa bulunamadı
ページが見つかりません
お探しのページは見つかりませんでした。
指定されたページが存在しません
この記事の掲載期間は終了しました
页面不存在
抱歉，您访问的页面不存在
找不到网页
抱歉，您要找的頁面不存在
該頁面已被刪除
페이지를 찾을 수 없습니다
요청하신 페이지를 찾을 수 없습니다.
존재하지 않는 페이지입니다
الصفحة غير موجودة
لم يتم العثور على الصفحة
عذراً، الصفحة المطلوبة غير موجودة
صفحه مورد نظر یافت نشد
صفحه یافت نشد
הדף לא נמצא
העמוד שחיפשת לא נמצא
पृष्ठ नहीं मिला
पेज नहीं मिला
Halaman tidak ditemukan
Maaf, halaman yang Anda cari tidak ditemukan
Không tìm thấy trang
Trang bạn yêu cầu không tồn tại
Stránka nenalezena
Požadovaná stránka nebyla nalezena
Sidan hittades inte
Sidan kunde inte hittas
Sidan du letar efter finns inte
Siden blev ikke fundet
Siden ble ikke funnet
Sivua ei löytynyt
Pagina nu a fost găsită
Az oldal nem található
Η σελίδα δεν βρέθηκε
Страницата не е намерена
Stranica nije pronađena
ไม่พบหน้าที่คุณต้องการ
The author deleted this Medium story
This page isn't available
Sorry, this content is no longer available.
Content not available
Nothing found
We’re sorry, but the page you were looking for doesn’t exist.
Unfortunately, the page you are looking for has been moved or deleted.
This video is unavailable
File not found
The requested URL /foo/bar was not found on this server.
The page cannot be found
You've followed a broken link
Article Not Found
Post not found
There is no such page
Error: Page not found
HTTP Error 404
Die Seite wurde nicht gefunden
Ce contenu n'est plus disponible
Esta página ya no está disponible
Tämä sivu on poistettu
"""

HEADLINES = """
Page not found: the story of the lost web
How the 404 Media newsroom was built
Not Found: the missing billions
Gone with the wind
Gone Girl
The missing page in American strategy
Article 5 not found wanting by court
Why Taiwan is not for sale
Missing in action
The Page Turner
Iran deal: the article that is missing
No longer available: cheap Russian gas
The story of a lost war
Content moderation is not available to everyone
A site for peace has not been found
Evidence of WMD not found in Iraq
Die verlorene Seite der Geschichte
Seite an Seite
La página en blanco
Une page se tourne
Страница истории
Error and terror
Lost in translation
The documents that have been removed from Mar-a-Lago
News deserts
What happens when the news is gone
Ukraine's missing children
Nothing here is normal
Who deleted the post?
The Pentagon's missing trillions
Les pages arrachées
No such thing as a free lunch
Die Seite der Verlierer
We cannot find peace
Nothing to hide
Peace talks unavailable
La página que cambió la historia
El contenido de la verdad
Une page d'histoire retrouvée
L’article 5 n’est pas une garantie
Die Seite des Friedens
Artikel 5 und die Folgen
Un articolo della costituzione non basta
A página seguinte da democracia
Новая страница в истории Азии
Статья пятая: что она значит
ページをめくる時
记忆中的页面与现实
사라진 페이지를 찾아서
What the missing Malaysian airliner taught us
We could not find the enemy
The site of the treaty
404 Media
Error in judgment
The war that nobody can find
Video killed the radio star
Post-war posts
"""

MAIN_LANGUAGES = "en es fr de it pt ru uk pl nl tr ja zh ko ar fa he hi id vi cs sv el".split()  # noqa: SIM905


def lines(block: str) -> list[str]:
    return [line for line in block.strip().split("\n") if not re.fullmatch("[a-z]{2}:", line)]


@pytest.mark.parametrize("said", lines(SAID) + lines(GENERAL))
def test_error_pages_are_understood(said: str) -> None:
    assert max(phrases.in_heading(said), phrases.in_text(said)) is Strength.STRONG


@pytest.mark.parametrize("headline", lines(HEADLINES))
def test_headlines_are_not_taken_for_them(headline: str) -> None:
    assert phrases.in_heading(headline) is not Strength.STRONG
    assert phrases.in_title(f"{headline} | The Harbor Post") is not Strength.STRONG


def test_the_main_languages_of_the_web_are_declared() -> None:
    assert {tongue.code for tongue in TONGUES} >= set(MAIN_LANGUAGES)


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.code)
def test_every_tongue_knows_strong_phrases_and_most_weak_ones(tongue: Tongue) -> None:
    for pattern in filter(None, (tongue.things, tongue.fates, tongue.laments, tongue.strong, tongue.weak)):
        re.compile(unaccented(pattern))
    assert tongue.strong


class TestTitles:
    @pytest.mark.parametrize(
        "title",
        [
            "404", "Error 404", "Page not found | The Harbor Post", "The Harbor Post – Page not found", "404 Not Found",
            "The Harbor Post | 404 | Page not found", "Seite nicht gefunden - Tagesblick",
            "ページが見つかりません｜試験新聞",
            "页面不存在_观察时报", "HTTP 404 – File not found", "Oops! 404",
        ],
    )  # fmt: skip
    def test_one_part_says_it(self, title: str) -> None:
        assert phrases.in_title(title) is Strength.STRONG

    @pytest.mark.parametrize("title", ["Error", "Oops! | The Harbor Post", "Sorry", "Gone", "Missing"])
    def test_words_that_stand_for_other_things_are_weak(self, title: str) -> None:
        assert phrases.in_title(title) is Strength.WEAK

    def test_beside_many_words_that_are_not_the_outlets_it_is_weak(self) -> None:
        title = "Page not found – how the web forgets what it published in the nineties"
        assert phrases.in_title(title) is Strength.WEAK

    def test_the_outlets_name_before_a_colon_is_none_of_it(self) -> None:
        assert (
            phrases.in_title("Old Bulletin: Page not found", frozenset({"old bulletin"})) is Strength.STRONG
        )
        assert (
            phrases.in_title("Not Found: the missing billions", frozenset({"old bulletin"}))
            is not Strength.STRONG
        )


class TestText:
    def test_a_whole_sentence_says_it(self) -> None:
        assert (
            phrases.in_text("Dear reader.\nThis article is no longer available. Read on.") is Strength.STRONG
        )

    def test_part_of_a_sentence_does_not(self) -> None:
        assert (
            phrases.in_text("The minister said that a page not found in the archive was burnt.")
            is Strength.NONE
        )


class TestAnything:
    @given(st.text(max_size=400))
    def test_has_a_strength(self, text: str) -> None:
        assert phrases.in_title(text) in Strength
        assert phrases.in_heading(text) in Strength
        assert phrases.in_text(text) in Strength

    @pytest.mark.parametrize(
        "word", ["the ", "page ", "not ", "was ", "404 ", "sorry ", "页面", "ページ", "a b "]
    )
    def test_repetition_takes_no_time(self, word: str) -> None:
        began = time.process_time()
        phrases.in_heading(folded(word * (240 // len(word))))
        phrases.in_heading((word * 28)[:240])
        assert time.process_time() - began < 1
