"""Bot checks beyond doubt, and pages that only have to do with one."""

import pytest

from syndicator.webpages import challenges

CHECKS = {
    "cloudflare": "<title>Just a moment...</title><script>window._cf_chl_opt={cvId:'3'};</script>",
    "datadome": "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>",
    "human": "<script>window._pxAppId='PX1';</script><div id='px-captcha'></div>",
    "aws": "<script>window.awsWafCookieDomainList=[];window.gokuProps={key:'k'};</script>",
    "imperva": "<iframe src='/_Incapsula_Resource?CWUDNSAI=1'>Request unsuccessful. Incapsula incident ID: 1</iframe>",
    "akamai": "<div id='sec-if-cpt-container'></div>",
    "kasada": "<script>window.KPSDK={}</script><script src='/149e9513/2d206a39/ips.js?x=1'></script>",
    "vercel": "<script src='/.well-known/vercel/security/static/challenge.v2.min.js'></script>",
    "anubis": "<script id='anubis_challenge' type='application/json'>{}</script>",
    "siteground": "<meta http-equiv='refresh' content='0;/.well-known/sgcaptcha/?r=%2F'>",
}


@pytest.mark.parametrize("vendor", CHECKS)
def test_a_vendors_check_is_named(vendor: str) -> None:
    found = challenges.shown(f"<html>{CHECKS[vendor]}</html>".encode())
    assert found is not None
    assert found.name == vendor


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<title>Just a moment</title><p>Checking your browser. Cloudflare.</p>",
        "<script>(function(){window['__CF$cv$params']={r:'1'};})()</script><h1>Page not found</h1>",
        "<link rel='preconnect' href='https://geo.captcha-delivery.com'><h1>Not found</h1>",
        "<script>window._pxAppId='PX1'</script><h1>Not found</h1>",
        "<script src='https://x.token.awswaf.com/x/challenge.js'></script><h1>Not found</h1>",
        "<script src='/_Incapsula_Resource?SWJIYLWA=1'></script><h1>Not found</h1>",
        "<div class='h-captcha'></div><div class='g-recaptcha'></div><h1>Not found</h1>",
    ],
)
def test_a_page_with_a_vendors_script_or_words_is_none(page: str) -> None:
    assert challenges.shown(page.encode()) is None
