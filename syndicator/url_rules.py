"""What the web hangs on its URLs: tracking, wrappers, AMP and mobile forms – declared, with their sources.

Data only: it must not know how a URL is parsed or in which order the rules apply; that is `urls.py`.

Sources, by the names used below. ClearURLs: github.com/ClearURLs/Rules. AdGuard: AdguardTeam/AdguardFilters,
TrackParamFilter. Brave: brave-core, components/query_filter. Firefox: Remote Settings, query-stripping. uBO:
uBlockOrigin/uAssets, privacy-removeparam. DuckDuckGo: duckduckgo/privacy-reference-tests. Miniflux:
internal/reader/urlcleaner. courlan: courlan/clean.py. Vendor: the product's own documentation. Seen: the
outlet's own feeds, share buttons and redirects.

Names and hosts are words between spaces, in lower case. A host means itself and all below it, `amazon.*` one
in any country. Patterns are regular expressions of the whole name, value or path.
"""

from dataclasses import dataclass
from typing import Literal

Decoding = Literal["plain", "base64", "bing", "google-news", "substack", "urldefense-2", "urldefense-3"]


@dataclass(frozen=True, slots=True)
class Parameters:
    """Query parameters that say nothing about which page is meant."""

    rule: str
    why: str
    names: str = ""
    pattern: str = ""  # of further names
    value: str = ""  # pattern of the value; empty: any
    path: str = ""  # pattern of the path; empty: any
    hosts: str = ""  # empty: everywhere


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A host that only sends people on, and has the page that is meant written in its own URL."""

    rule: str
    hosts: str
    path: str = ""  # pattern of the path; empty: any
    query: tuple[str, ...] = ()  # the parameters that may hold the target, the likelier first; or:
    embedded: str = ""  # pattern of path, query and fragment: (?P<target>…), (?P<tls>…) if it has no scheme
    decoding: Decoding = "plain"


@dataclass(frozen=True, slots=True)
class Form:
    """Another shape of the same page, reduced in the key only: readers get the shape that staff gave.

    What one form makes, no other undoes. Paths come with escapes decoded, no doubled slash, none at the end.
    """

    rule: str
    why: str
    path: str  # pattern of the path
    to: str  # the path it becomes, a template of the match; so are the next two
    query: str = ""  # the query it becomes; empty: the one it has
    host: str = ""  # the host it becomes; empty: the one it has
    hosts: str = ""  # empty: everywhere


# The tables are set by hand.
# fmt: off


# Words by which a link says where it was put: no feed, mail or share button decides which article is shown.
REFERRERS = (
    r"(?i:(?:.*[^a-z0-9])?rss(?:2|feeds?)?(?:[^a-z0-9].*)?|feeds?|feedburner|feedly|e-?mail|newsletters?|twitter|tw"
    r"|facebook|fb|linkedin|instagram|ig|whatsapp|telegram|reddit|threads|bluesky|bsky|mastodon|social(?:[_-]?media)?"
    r"|social[_-].*|shar(?:e|ed|ing)(?:[_-].*)?|copy_?link|flipboard|pocket|instapaper|smart_?news|apple_?news"
    r"|google_?news|news_?break|push|notifications?|amp)"
)

TRACKING: tuple[Parameters, ...] = (
    Parameters("utm", "campaign tag of Google Analytics: the mail or post that a reader came from (Vendor;"
        " every list has it)", names="utm", pattern=r"(?:utm|utml)[_-].*"),
    Parameters("matomo", "campaign tag of Matomo or Piwik PRO (Vendor, AdGuard, uBO)",
        names="pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid pk_cpn pk_vid pk_group"
        " pk_placement", pattern=r"(?:mtm|matomo|piwik)_.*"),
    Parameters("click", "number of one click in an advertisement, a search or a social network (Firefox,"
        " Brave, ClearURLs, AdGuard)", names="fbclid gclid gclsrc dclid gbraid wbraid gad_source"
        " gad_campaignid srsltid msclkid twclid ttclid yclid ysclid ymclid igshid igsh epik li_fat_id rdt_cid"
        " sccid wickedid wicked_source mkwid tblci dicbo oborigurl shem erid outbrainclickid rb_clickid"
        " irclickid irgwc ir_campaignid ir_adid ir_partnerid cjevent cjdata clickid click_id clickref awc"
        " sscid tduid zanpid ranmid raneaid ransiteid admitad_uid sznclid aiad_clid mindbox-click-id gps_adid"
        " sms_click sms_uph gci maf ymid s_kwcid ef_id", pattern=r".+_click_?id"),
    Parameters("google",
        "Google Analytics, its cross-domain linker or the AMP viewer (Vendor, ClearURLs, AdGuard, Miniflux)",
        names="_ga _gl _gac ga_source ga_medium ga_term ga_content ga_campaign ga_place gs_l usqp amp_js_v"
        " amp_gsa amp_ct amp_tf ampshare aoh campaign_id campaign_name campaign_term campaign_content"),
    Parameters("facebook", "left by Facebook's share dialog and apps (ClearURLs, AdGuard, Brave)",
        names="fb_ref fb_comment_id fbadid mibextid action_object_map action_type_map action_ref_map",
        pattern=r"fb_action_.*|__cft__.*|__xts__.*"),
    Parameters("mail", "who got the mail, and which: Mailchimp, HubSpot, Marketo, Eloqua, Vero, Klaviyo,"
        " Emarsys, Dotdigital, Drip, Blueshift, ConvertKit, beehiiv, Substack, Salesforce, Acoustic, Listrak"
        " … (Firefox, Brave, AdGuard, Vendor)", names="mc_cid mc_eid mc_tc mkt_tok __hsfp __hssc __hstc"
        " _hsenc _hsmi hsctatracking __s _kx _bhlid bbeml vgo_ee vero_id vero_conv oly_anon_id oly_enc_id"
        " ml_subscriber ml_subscriber_hash et_rid et_cid sc_customer sc_eh sc_uid ss_email_id ss_campaign_id"
        " ss_campaign_name ss_campaign_sent_date dm_i dm_t _cldee _clde isfreemail ck_subscriber_id"
        " spmailingid spuserid spjobid spreportid trk_contact trk_msg trk_module trk_sid elq elqak elqtrackid"
        " elqtrack elqaid elqat elqcampaignid email_token email_subject user_email_address sailthru_id"
        " mindbox-message-key triedredirect showwelcomeonshare just_subscribed bxid cndid",
        pattern=r"(?:hsa|bsft|sfmc|oft)_.*"),
    Parameters("analytics", "campaign tag of Adobe, AT Internet, Webtrekk, comScore, Coremetrics, Parse.ly,"
        " Cxense, Piano, Yandex, Branch, Adjust, SocialFlow or another (Vendor, ClearURLs, AdGuard, uBO)",
        names="s_cid sc_cid sc_channel sc_src sc_category cmpid cmp_id icid ncid intcmp int_cmp intcid xtor"
        " xtref xt_at ns_mchannel ns_linkname ns_fee wt_mc wt_zmc wtmc wtzmc wtrid cm_me cm_cr _openstat"
        " os_ehash ceneo_spo spm _branch_match_id adobe_mc echobox __twitter_impression hootpostid sr_share"
        " spref scrolla dgcid adfrom __readwiselocation guccounter guce_referrer_sig cx_click cx_recsorder"
        " cx_recswidget piano_t piano_d adjust_creative adjust_tracker adjust_tracker_limit adjust_adgroup"
        " mktcid mktcval __io_lv _io_session_id dpg_content",
        pattern=r"at_(?:campaign|medium|creation|emailtype|link|ptr_name|recipient|send_date|custom|format|bbc_).*"
                r"|sf\d{6,12}|(?:itm|hmb|otm|lmd|_sgm)_.*|wt\.(?:mc_|tsrc).*|cm_mmc.*"),
    Parameters("affiliate", "who is paid for the visit (courlan; “referralMarketing” in ClearURLs)",
        names="aff affid aff_id affiliate affiliate_id afftrack partnerid", pattern=r".+_affiliate"),
    Parameters("session", "number of one visit (Vendor: PHP, Java)", names="phpsessid jsessionid"),
    Parameters("campaign",
        "ends as campaign tags do, as in aftr_source (courlan); data_source may be content",
        pattern=r".+_(?:campaign|referr?er)"
                r"|(?:aftr|traffic|lead|ref|e?mail|social|shar(?:e|ed|ing)|link|click|trk|int|cmp|feed|rss|vd|nx|ads?|fb|ns|ss"
                r"|wicked|mkt|tracking|newsletter|campaign|dpg|sms|redirect|internal|entry|user|guce|h|dr)_(?:source|medium)"),
    Parameters("referrer", "page on which the link stood (“referralMarketing” in ClearURLs)",
        names="referrer referer referral ref_src ref_url refsrc ref_"),
    Parameters("ref", "place of the link, as a word or as the host that Ghost adds (ClearURLs, Miniflux);"
        " with a digit or a capital it may be the number of a document, and stays", names="ref",
        value=r"[a-z_ +-]*|https?://.*|(?:[a-z0-9-]+\.)+(?!(?:pdf|docx?|html?|php|txt|xml)$)[a-z]{2,}"),
    Parameters("placed by", "says that the link stood in a feed, a mail or a share button, as cmp=rss and"
        " source=twitter do (Seen)", names="ref cmp cid source src from via medium channel origin campaign"
        " partner share shared sharetype mod emc ocid trk xid iid soc_src traffic sr sref", value=REFERRERS),
    Parameters("feed", "added by an outlet's feed to all its links, as Deutsche Welle's maca=en-rss-… and"
        " rssfeed=true are (Seen)",
        names="rssfeed fromrss from_rss isrss maca fsrc wprss ftcamp feedtype feedname"),
    # Marks of one outlet or platform, too short to be certain anywhere else
    Parameters("outlet", "share button, mail or front page of The New York Times (ClearURLs, AdGuard, Seen)",
        names="smid smtyp smprod emc partner rref ref src hp hpw action pgtype clicksource module region _r"
        " referringsource searchresultposition te nl regi_id user_id instance_id segment_id auth login"
        " impression_id fallback recid req_id surface variant imp_id algo index block block_id source state"
        " ugrp wt.nav contentcollection contentplacement version rank mabreward sgrp pool topnews"
        " configuration", hosts="nytimes.com"),
    Parameters("outlet", "share link or module of Dow Jones (Seen)",
        names="mod reflink tesla siteid mg ns gaa_at gaa_n gaa_ts gaa_sig cx_testid cx_artpos page_source",
        hosts="wsj.com barrons.com marketwatch.com"),
    Parameters("outlet", "share button, mail or front page (AdGuard, Seen)",
        names="itid hpid tid wpisrc wpmm s_l nid postshare carta-url noredirect tidr",
        hosts="washingtonpost.com"),
    Parameters("outlet", "share dialog or mail (Seen)",
        names="sharetype segmentid emailid ftag desktop campaign source", hosts="ft.com"),
    Parameters("outlet", "module or share link (Seen)",
        names="srnd sref embedded-checkout leadsource in_source re_source taid cmp", hosts="bloomberg.com"),
    Parameters("outlet", "mail or advertisement (Seen)",
        names="etear frsc taid ppccampaignid ppcadid ppcgclid zid ah", hosts="economist.com"),
    Parameters("outlet", "who shared it, and where (Seen)",
        names="r s showwelcome action publication_id post_id email_id source", hosts="substack.com"),
    Parameters("outlet", "log-in round trip or campaign (Seen)",
        names="check_logged_in cid fa_package fa_anthology gp", hosts="foreignaffairs.com"),
    Parameters("outlet", "log-in round trip or campaign (Seen)", names="tpcc wp_login_redirect",
        hosts="foreignpolicy.com hbr.org"),
    Parameters("outlet", "paywall or widget (Seen)", names="barrier accesspaylog a_la a_d a_m a_a a_i a_li h",
        hosts="project-syndicate.org"),
    Parameters("outlet", "campaign or module (ClearURLs)", names="cmp intcmp dcr",
        hosts="theguardian.com guardian.co.uk"),
    Parameters("outlet", "newsletter or feed (ClearURLs, Seen)",
        names="taid rpc virtualbrandchannel il edition-redirect arena_mid", hosts="reuters.com"),
    Parameters("outlet", "where on the BBC it was clicked (Seen)",
        names="ocid intlink_from_url link_location", hosts="bbc.com bbc.co.uk"),
    Parameters("outlet", "feed, share button or time stamp; storyId stays (Seen)", names="sc ft f t ps cc",
        hosts="npr.org"),
    Parameters("outlet", "front page position or campaign (Seen)", names="iid cid hpt eref", hosts="cnn.com"),
    Parameters("outlet", "share button (ClearURLs)", names="__source tpcc par", hosts="cnbc.com nbcnews.com"),
    Parameters("outlet", "newsletter (Seen)", names="nname nid nrid nlid cid lo",
        hosts="politico.com politico.eu"),
    Parameters("outlet", "newsletter and its recipient, or module (ClearURLs)",
        names="source esrc mbid hasha hashb hashc _sp verso taid",
        hosts="newyorker.com wired.com vanityfair.com theatlantic.com"),
    Parameters("outlet", "share button or time stamp (Seen)", names="ss sh rnd rl",
        hosts="forbes.com thehill.com"),
    Parameters("outlet", "place on the page (Seen)", names="oref",
        hosts="defenseone.com govexec.com nextgov.com"),
    Parameters("outlet", "place on the page or newsletter (AdGuard, Seen)", names="iid xid stream",
        hosts="time.com axios.com"),
    Parameters("outlet", "place on the page (Seen)", names="ito ico xif traffic_source",
        hosts="dailymail.co.uk aljazeera.com"),
    Parameters("outlet", "share button or newsletter (Seen)", names="lts sara_ref sara_ecid gepc",
        hosts="haaretz.com spiegel.de faz.net"),
    Parameters("outlet", "round trip or campaign (ClearURLs)", names="redirectedfrom n_cid i_cid waad origin",
        hosts="academic.oup.com nikkei.com yle.fi"),
    Parameters("outlet", "portal page that it was opened from (uBO)",
        names="ocid pc cvid ei .tsrc tsrc soc_src soc_trk bcmt", hosts="msn.com yahoo.com"),
    Parameters("outlet", "who shared the video, and where it was clicked (Brave, uBO, ClearURLs)",
        names="si feature pp ab_channel kw app themerefresh source_ve_path embeds_referring_euri cbrd ucbcb",
        hosts="youtube.com youtu.be youtube-nocookie.com"),
    Parameters("outlet", "who shared the episode (ClearURLs, uBO)",
        names="si context nd pi dl_branch at ct itsct itscg ls uo app", hosts="open.spotify.com"
        " soundcloud.com podcasts.apple.com itunes.apple.com music.apple.com books.apple.com"),
    Parameters("outlet", "device that the post was shared from (ClearURLs, uBO)",
        names="s t cxt cn twgr twcamp twterm", hosts="twitter.com x.com"),
    Parameters("outlet", "page or mail that the post was opened from (ClearURLs)",
        names="trk trkinfo refid lipi licu lici midtoken midsig trkemail eid originalsubdomain rcm"
        " trackingid", hosts="linkedin.com"),
    Parameters("outlet", "place in Facebook that the post was opened from (ClearURLs)",
        names="__tn__ fref hc_ref hc_location refid ref rdid share_url paipv eav notif_id notif_t sfnsn extid"
        " _rdr _rdc comment_tracking ls_ref dti referral_code ftentidentifier padding", hosts="facebook.com"),
    Parameters("outlet", "who shared the post (ClearURLs, uBO)", names="ig_rid ig_web_copy_link _r _t _d"
        " is_copy_url is_from_webapp sender_device u_code preview_pb tt_from share_app_id share_item_id"
        " share_link_id share_iid share_app_name xmt",
        hosts="instagram.com threads.net threads.com tiktok.com"),
    Parameters("outlet", "who shared the post, and where it was opened (ClearURLs, uBO)",
        names="share_id rdt correlation_id $deep_link $3p $original_url post_fullname source gi share",
        hosts="reddit.com medium.com vimeo.com"),
    Parameters("outlet", "search or advertisement that led to the book, and who is paid for it (ClearURLs)",
        names="tag qid sr srs crid sprefix keywords linkcode camp creative creativeasin ascsubtag smid th psc"
        " dchild dib dib_tag _encoding ref s ie content-id linkid language ufe", hosts="amazon.*",
        pattern=r"(?:[pf][fd]_rd|__mk|cv_ct|asc)_.*"),
)

# Where `ref` names a branch or commit (“exceptions” in ClearURLs).
KEPT: tuple[Parameters, ...] = (
    Parameters("branch", "names a branch", names="ref", hosts="github.com gitlab.com codeberg.org"),
)

# Fragments that are tags: here `pattern` is of a whole piece between “&”. The names of TRACKING everywhere
# count as well, but only as name=value: `#ref` alone is a heading.
FRAGMENTS: tuple[Parameters, ...] = (
    Parameters("copied", "AddThis: who copied the address (Vendor)", pattern=r"\.[A-Za-z0-9_-]{8,}\.[a-z_]+"),
    Parameters("copied", "ShareThis: who copied the address (Vendor)", pattern=r"sthash\..+"),
    Parameters("tag", "for a counting script, or of the AMP viewer (courlan, uBO)",
        pattern=r"(?i:rcmrclid|ref|src|source|cmp|from|origin|csi)=.*"),
)


_GIFT = "opens the same article to readers without a subscription"
INCIDENTAL: tuple[Parameters, ...] = (
    Parameters("gift link", _GIFT, names="unlocked_article_code", hosts="nytimes.com"),
    Parameters("gift link", _GIFT, names="pwapi_token", hosts="washingtonpost.com"),
    Parameters("gift link", _GIFT, names="st", hosts="wsj.com barrons.com marketwatch.com"),
    Parameters("gift link", _GIFT, names="sharetoken", hosts="thetimes.co.uk thetimes.com"),
    Parameters("gift link", _GIFT, names="gift giftid gift_id giftcopy",
        hosts="theatlantic.com economist.com ft.com"),
    Parameters("gift link", _GIFT, names="accesstoken token", hosts="ft.com bloomberg.com substack.com"),
    Parameters("gift link", _GIFT, names="sk freebie", hosts="medium.com zeit.de"),
    Parameters("amp form", "asks for the AMP rendering of the same page (Vendor: Arc)",
        names="outputtype output platform", value=r"(?i:amp)"),
    Parameters("amp form", "asks for the AMP rendering of the same page (Vendor: WordPress, Drupal)",
        names="amp _amp", value=r"(?i:|1|true|yes|amp)"),
    Parameters("amp form", "asks for the plain rendering of the same page (Vendor: WordPress)",
        names="noamp nonamp", value=r"(?i:|1|true|mobile|available)"),
    Parameters("mobile form", "asks for the mobile rendering of the same post (Vendor: Blogger)", names="m",
        value=r"[01]", hosts="blogspot.*"),
    Parameters("reply form", "opens the comment form below the same post (Vendor: WordPress)",
        names="replytocom", value=r"\d+"),
    Parameters("whole text", "shows all parts of the same article at once (Seen)", names="pagewanted",
        value=r"all|print", hosts="nytimes.com"),
    Parameters("position", "second or playlist at which a video opens; `v` alone says which video (Vendor)",
        names="t start end time_continue list index start_radio lc rel autoplay", path=r"/watch",
        hosts="youtube.com"),
    Parameters("edition", "regional edition that the same article opens in (Seen)", names="r ir",
        value=r"(?i:us|uk|au|de|in|t)", hosts="businessinsider.com businessinsider.de insider.com"),
)


_HOST_PATH = r"(?P<target>[^/?#.]+(?:\.[^/?#.]+)+(?:[/?#].*)?)"

WRAPPERS: tuple[Wrapper, ...] = (
    # Search engines, and their caches of AMP pages (developers.google.com/amp/cache/overview; DuckDuckGo)
    Wrapper("Google redirect", "google.*", path=r"/+url", query=("q", "url")),
    Wrapper("Google images", "google.*", path=r"/+imgres", query=("imgrefurl",)),
    Wrapper("Google AMP viewer", "google.*", embedded=r"/+amp/+(?P<tls>s/+)?" + _HOST_PATH),
    Wrapper("Google News", "news.google.com", decoding="google-news",
        embedded=r"/+(?:rss/+)?(?:articles|read)/+(?P<target>CBMi[\w-]+)=*(?:[/?#].*)?"),
    Wrapper("AMP cache", "ampproject.org", embedded=r"/+(?:c|v|wp)/+(?P<tls>s/+)?" + _HOST_PATH),
    Wrapper("Bing redirect", "bing.com", path=r"/+ck/+a", query=("u",), decoding="bing"),
    Wrapper("Bing link", "bing.com", path=r"/+alink/+link", query=("url",)),
    Wrapper("Bing AMP viewer", "bing.com", embedded=r"/+amp/+(?P<tls>s/+)?" + _HOST_PATH),
    Wrapper("Bing AMP cache", "bing-amp.com", embedded=r"/+[cv]/+(?P<tls>s/+)?" + _HOST_PATH),
    Wrapper("DuckDuckGo redirect", "duckduckgo.com", path=r"/+l/*", query=("uddg",)),
    Wrapper("Yahoo redirect", "r.search.yahoo.com", embedded=r"(?:.*?/)?RU=(?P<target>[^/]+)(?:/.*)?"),
    Wrapper("Yandex redirect", "yandex.*", path=r"/+clck/+jsredir", query=("url",)),
    # Social networks and messengers: redirects, and the addresses behind share buttons
    Wrapper("Facebook redirect", "facebook.com", path=r"/+(?:l\.php|flx/+warn/*)", query=("u",)),
    Wrapper("Facebook share", "facebook.com", path=r"/+(?:sharer/+)?sharer?\.php", query=("u",)),
    Wrapper("Meta redirect", "l.instagram.com l.messenger.com l.threads.net l.threads.com l.wl.co",
        query=("u",)),
    Wrapper("X share", "twitter.com x.com", path=r"/+(?:share|intent/+(?:tweet|post))/*", query=("url",)),
    Wrapper("LinkedIn redirect", "linkedin.com", path=r"/+(?:redir/+.*|safety/+go/*)", query=("url",)),
    Wrapper("LinkedIn share", "linkedin.com", path=r"/+(?:shareArticle|sharing/+share-offsite)/*",
        query=("url",)),
    Wrapper("Reddit redirect", "out.reddit.com click.redditmail.com", query=("url",)),
    Wrapper("Reddit share", "reddit.com", path=r"/+submit/*", query=("url",)),
    Wrapper("Tumblr redirect", "t.umblr.com", path=r"/+redirect/*", query=("z",)),
    Wrapper("YouTube redirect", "youtube.com", path=r"/+redirect/*", query=("q",)),
    Wrapper("Slack redirect", "slack-redir.net", path=r"/+link/*", query=("url",)),
    Wrapper("Steam redirect", "steamcommunity.com", path=r"/+linkfilter/*", query=("url", "u")),
    Wrapper("VK redirect", "vk.com vk.ru", path=r"/+away(?:\.php)?", query=("to",)),
    Wrapper("Telegram", "t.me telegram.me", path=r"/+(?:iv|share/+url)", query=("url",)),
    Wrapper("Medium redirect", "medium.com", path=r"/+r/*", query=("url",)),
    Wrapper("Pocket", "getpocket.com", path=r"/+(?:redirect|save|edit)/*", query=("url",)),
    Wrapper("Flipboard redirect", "flipboard.com", path=r"/+redirect/*", query=("url",)),
    Wrapper("SoundCloud redirect", "gate.sc exit.sc", query=("url",)),
    Wrapper("referrer remover", "href.li anonym.to", embedded=r"/+\?(?P<target>https?:.+)"),
    # Mail: filters that rewrite every link, and senders that count the clicks
    Wrapper("Outlook SafeLinks",
        "safelinks.protection.outlook.com safelinks.protection.outlook.cn safelinks.protection.office365.us",
        query=("url",)),
    Wrapper("Teams SafeLinks", "statics.teams.cdn.office.net", path=r".*/atp-safelinks\.html",
        query=("url",)),
    Wrapper("Microsoft mail", "safelink.emails.azure.net", path=r"/+redirect/*", query=("destination",)),
    Wrapper("Proofpoint v1", "urldefense.proofpoint.com", path=r"/+v1/+url", query=("u",)),
    Wrapper("Proofpoint v2", "urldefense.proofpoint.com", path=r"/+v2/+url", query=("u",),
        decoding="urldefense-2"),
    Wrapper("Proofpoint v3", "urldefense.com urldefense.us urldefense.proofpoint.com",
        embedded=r"/+v3/+__(?P<target>.+?__;[\w=-]*)!.*", decoding="urldefense-3"),
    Wrapper("Barracuda", "linkprotect.cudasvc.com", path=r"/+url", query=("a",)),
    Wrapper("Sophos", "protection.sophos.com", query=("u",), decoding="base64"),
    Wrapper("Cisco", "secure-web.cisco.com", embedded=r"/+[^/]+/+(?P<target>https?:.+)"),
    Wrapper("FireEye", "fireeye.com", path=r"/+(?:v1/+)?url", query=("u",)),
    Wrapper("Trend Micro", "trendmicro.com", path=r"/+wis/+clicktime/+v1/+query", query=("url",)),
    Wrapper("Symantec, Trustwave, Libraesva or Vade",
        "clicktime.symantec.com scanmail.trustwave.com urlsand.esvalabs.com antiphishing.vadesecure.com",
        query=("u",)),
    Wrapper("Check Point", "protect.checkpoint.com url.avanan.click",
        embedded=r"/+v2/+___(?P<target>https?:.+?)___\..*"),
    Wrapper("Amazon SES", "awstrack.me click.redditmail.com govdelivery.com",
        embedded=r"/+(?:CL|L)0/+(?P<target>https?:[^/]+)/.*"),
    Wrapper("GovDelivery", "govdelivery.com", embedded=r"/+track\?.*?&(?P<target>https?:.+)"),
    Wrapper("Substack mail", "substack.com", embedded=r"/+redirect/+2/+(?P<target>[\w-]+)(?:[^\w-].*)?",
        decoding="substack"),
)


# Mobile, AMP and regional hosts that serve the paths of the host they belong to. Only by name: amp.dev is a
# site of its own, and an m. host may number its pages differently.
_LABELS: tuple[tuple[str, str], ...] = (
    ("amp", "theguardian.com cnn.com ft.com dw.com slate.com axios.com france24.com rfi.fr smh.com.au"),
    ("amp", "theage.com.au scmp.com businessinsider.com time.com theatlantic.com"),
    ("m", "dw.com haaretz.com youtube.com facebook.com spiegel.de faz.net scmp.com washingtonpost.com"),
    ("m", "jpost.com bbc.com bbc.co.uk huffpost.com usatoday.com vk.com imdb.com economist.com"),
    ("mobile", "nytimes.com twitter.com x.com reuters.com abc.net.au lemonde.fr"),
    ("edition us lite", "cnn.com"),
    ("old np new", "reddit.com"),
    ("mbasic touch web", "facebook.com"),
    ("eu", "usatoday.com"),
    ("music", "youtube.com"),
)

SAME_HOST: dict[str, str] = {
    **{
        f"{label}.{host}": host
        for labels, hosts in _LABELS for host in hosts.split() for label in labels.split()
    },
    "twitter.com": "x.com",  # renamed in July 2023; the old host redirects path by path
    "threads.net": "threads.com",  # likewise, April 2025
    "guardian.co.uk": "theguardian.com",  # likewise, July 2013
    "dx.doi.org": "doi.org",  # DOI Handbook: both resolve, doi.org is preferred
}

# Wikimedia's mobile hosts have the label `m` in the middle: en.m.wikipedia.org.
MOBILE_LABEL = (
    "wikipedia.org wiktionary.org wikinews.org wikiquote.org wikisource.org wikivoyage.org wikibooks.org"
    " wikiversity.org wikimedia.org wikidata.org mediawiki.org"
)

# Everywhere, but only where the path has “amp” in it.
AMP_FORMS: tuple[Form, ...] = (
    Form("amp form", "a.amp.html is the AMP rendering of a.html (Seen: nytimes.com)",
        r"(?P<page>/.*[^/.])(?<!\.amp)(?:\.amp)+(?P<end>\.html?)", r"\g<page>\g<end>"),
    Form("amp form",
        "WordPress adds /amp to a post's address; a date before the name says that it is one (Vendor)",
        r"(?P<page>/(?:[^/]+/)*(?:19|20)\d\d/\d\d?/(?:\d\d?/)?(?!\d\d?/|amp$)[^/]+)(?:/amp)+", r"\g<page>"),
)

_VIDEO = r"(?P<v>[A-Za-z0-9_-]{11})(?:/.*)?"
_YOUTUBE = "the short, embedded, live and vertical addresses of one video (Vendor)"

FORMS: tuple[Form, ...] = (
    Form("amp form", "this outlet adds /amp to the address of an article (Seen)",
        r"(?P<page>/.*[^/])(?<!/amp)(?<!/tag)(?<!/tags)(?<!/topic)(?<!/topics)(?:/amp)+", r"\g<page>",
        hosts="thehill.com foreignpolicy.com politico.eu newsweek.com nationalinterest.org telegraph.co.uk"
        " forbes.com timesofisrael.com reason.com nationalreview.com thediplomat.com thebulletin.org"
        " theamericanconservative.com warontherocks.com responsiblestatecraft.org justsecurity.org"
        " washingtontimes.com dailysignal.com spectator.co.uk hotair.com"),
    Form("amp form", "this outlet puts /amp before the path of an article (Seen)", r"(?:/amp)+(?P<page>/.+)",
        r"\g<page>", hosts="theatlantic.com cnbc.com politico.com abcnews.go.com aljazeera.com haaretz.com"
        " cbsnews.com wsj.com"),
    Form("amp form", "/amphtml/a is the AMP rendering of /a (Seen)", r"(?:/amphtml)+(?P<page>/.+)",
        r"\g<page>", hosts="washingtonpost.com"),
    Form("amp form", "/news/amp/a is the AMP rendering of /news/a (Seen)",
        r"(?P<part>/(?:news|sport))(?:/amp)+(?P<page>/.+)", r"\g<part>\g<page>",
        hosts="bbc.com bbc.co.uk nbcnews.com"),
    Form("amp form", "/article/amp/a is the AMP rendering of /article/a (Seen)",
        r"(?P<part>/article)(?:/amp)+(?P<page>/.+)", r"\g<part>\g<page>", hosts="reuters.com"),
    Form("amp form", "/platform/amp/a is the AMP rendering of /a (Seen: Vox Media)",
        r"(?:/platform/amp)+(?P<page>/.+)", r"\g<page>", hosts="vox.com theverge.com"),
    Form("amp form", "a.amp is the AMP rendering of a (Seen)",
        r"(?P<page>/.*[^/.])(?<!\.amp)(?:\.amp)+", r"\g<page>",
        hosts="bbc.com bbc.co.uk foxnews.com"),
    Form("amp form", "amp.cnn.com has /cnn before the path of www.cnn.com (Seen)",
        r"(?:/cnn)+(?P<page>/\d{4}/.+)", r"\g<page>", hosts="cnn.com"),
    Form("same host", "the BBC's two hosts carry the same news and sport (Seen)",
        r"(?P<page>/(?:news|sport)/.+)", r"\g<page>", host="bbc.com", hosts="bbc.co.uk"),
    Form("same video", _YOUTUBE, r"/(?:embed|live|shorts|v)/(?!videoseries$)" + _VIDEO, "/watch",
        query=r"v=\g<v>", host="youtube.com", hosts="youtube.com youtube-nocookie.com"),
    Form("same video", _YOUTUBE, "/" + _VIDEO, "/watch", query=r"v=\g<v>", host="youtube.com",
        hosts="youtu.be"),
    Form("same video", "Vimeo's player shows the video of that number (Vendor)", r"/video/(?P<id>\d+)",
        r"/\g<id>", host="vimeo.com", hosts="player.vimeo.com"),
    Form("same post", "X looks at the number of a post, not at the name before it (Seen)",
        r"/(?:i/web|[^/]+)/status(?:es)?/(?P<id>\d+)(?:/.*)?", r"/i/status/\g<id>",
        hosts="twitter.com x.com"),
    Form("same post", "Substack's reader shows the post of that newsletter (Seen)",
        r"/pub/(?P<name>(?!www/|xn--)[a-z0-9][a-z0-9-]*)/p/(?P<post>[^/]+)", r"/p/\g<post>",
        host=r"\g<name>.substack.com", hosts="open.substack.com"),
    Form("same episode", "embedded and translated frames of one Spotify page (Vendor)",
        r"/(?:intl-[a-z]+/)?(?:embed/)?(?P<kind>episode|show|track|playlist)/(?P<id>[A-Za-z0-9]+)",
        r"/\g<kind>/\g<id>", hosts="open.spotify.com"),
    Form("same book", "Amazon looks at the ten-character number of a book (ClearURLs)",
        r"/(?:.*/)?(?:dp|gp/product|exec/obidos/asin)/(?P<asin>[A-Z0-9]{10})(?:/.*)?", r"/dp/\g<asin>",
        hosts="amazon.*"),
)
