"""Hosts that carry many publishers' work: seen once with an outlet, they say nothing about the next piece.

A host below one of these (`example.substack.com`, `example.medium.com`) does belong to one publisher, except
where the platform itself answers on such names (`m.youtube.com`).
"""

PLATFORMS = frozenset(
    {
        # Video and audio platforms: anybody's channel lives under the same host.
        "youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be", "vimeo.com", "player.vimeo.com",
        "dailymotion.com", "rumble.com", "twitch.tv", "tiktok.com", "soundcloud.com", "podcasts.apple.com",
        "itunes.apple.com", "open.spotify.com", "spotify.com", "podcasts.google.com", "iheart.com",
        "podbean.com", "buzzsprout.com", "spreaker.com", "stitcher.com", "overcast.fm", "pca.st", "audible.com",
        # Writing and social platforms.
        "substack.com", "medium.com", "linkedin.com", "facebook.com", "x.com", "twitter.com", "threads.net",
        "instagram.com", "bsky.app", "reddit.com",
        # Aggregators that carry other outlets' articles, shops, and shared documents.
        "msn.com", "news.yahoo.com", "yahoo.com", "aol.com", "apple.news", "news.google.com", "flipboard.com",
        "amazon.com", "ssrn.com", "papers.ssrn.com", "archive.org", "web.archive.org", "docs.google.com",
        "drive.google.com",
    }
)  # fmt: skip
