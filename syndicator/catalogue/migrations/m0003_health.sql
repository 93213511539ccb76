-- What a check stores is the machine's own and is written for every check, so it has tables beside `links`: no
-- trigger of the record hears of a check, and a table of links stays one that people can read and edit.

-- The host that a link's URL names, without port and final dot, as turns are taken by it. Right for every URL that the desk has
-- vetted (WHATWG serialises: lower case, no user, a slash after the host); others are not visited.
CREATE VIEW link_hosts (link_id, host) AS
SELECT id, rtrim(lower(CASE WHEN place GLOB '*:*[0-9]' THEN rtrim(rtrim(place, '0123456789'), ':') ELSE place END), '.')
FROM (SELECT id, substr(url, instr(url, '//') + 2, instr(substr(url, instr(url, '//') + 2) || '/', '/') - 1) AS place FROM links);

-- Words of closed lists are looked for with `instr` in the two tables that every check writes: for IN, SQLite builds
-- its list anew for each row, which doubles what storing a check costs.

-- What we believe of a link: its history, folded (model.health.Belief); when it is due; what the next check compares
-- with: `title` and `fingerprint` of the page at its first healthy visit, validators of its last. Every link has
-- exactly one, kept so by triggers. A new one was due long ago: at once, whatever the clock says.
CREATE TABLE beliefs (
  link_id INTEGER PRIMARY KEY REFERENCES links(id) ON DELETE CASCADE,
  host TEXT NOT NULL CHECK (host = lower(host)),
  due_at TEXT NOT NULL DEFAULT '1970-01-01T00:00:00Z' CHECK (due_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
  state TEXT NOT NULL DEFAULT 'unknown' CHECK (instr(' unknown healthy moved suspect broken blocked ', ' ' || state || ' ') AND state NOT GLOB '* *'),
  since TEXT CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
  checked_at TEXT CHECK (checked_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
  alive_at TEXT CHECK (alive_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
  failing_since TEXT CHECK (failing_since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  strong INTEGER NOT NULL DEFAULT 0 CHECK (strong >= 0),
  lasting INTEGER NOT NULL DEFAULT 0 CHECK (lasting >= 0),
  failed_at TEXT CHECK (failed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
  blocked INTEGER NOT NULL DEFAULT 0 CHECK (blocked >= 0),
  blocked_since TEXT CHECK (blocked_since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
  look INTEGER NOT NULL DEFAULT 0 CHECK (look IN (0, 1)),
  moved_to TEXT NOT NULL DEFAULT '',
  moved_times INTEGER NOT NULL DEFAULT 0 CHECK (moved_times >= 0),
  title TEXT NOT NULL DEFAULT '',
  fingerprint TEXT NOT NULL DEFAULT '',
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO beliefs (link_id, host) SELECT link_id, host FROM link_hosts;
CREATE INDEX beliefs_due ON beliefs(host, due_at);
CREATE INDEX beliefs_unwell ON beliefs(state) WHERE state NOT IN ('unknown', 'healthy');

-- One row a check, in the order they were stored. `state` is what was believed after it, `judge_version` the rules
-- that it was judged by; `final_url` and `moved_to` are empty where they say no more than the link's URL
-- (a trigger fills the first when the link gets another).
CREATE TABLE checks (
  id INTEGER PRIMARY KEY,
  link_id INTEGER NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  at TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
  outcome TEXT NOT NULL CHECK (
    instr(' ok moved gone soft_404 blocked rate_limited server_error timeout dns tls connect too_many_redirects protocol not_allowed ', ' ' || outcome || ' ') AND outcome NOT GLOB '* *'
  ),
  state TEXT NOT NULL CHECK (instr(' unknown healthy moved suspect broken blocked ', ' ' || state || ' ') AND state NOT GLOB '* *'),
  status INTEGER NOT NULL DEFAULT 0 CHECK (status BETWEEN 0 AND 999),
  elapsed_ms INTEGER NOT NULL DEFAULT 0 CHECK (elapsed_ms >= 0),
  lasting INTEGER NOT NULL DEFAULT 0 CHECK (lasting IN (0, 1)),
  judge_version INTEGER NOT NULL,
  final_url TEXT NOT NULL DEFAULT '',
  moved_to TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  evidence TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX checks_by_link ON checks(link_id);

-- A changed state with its reason. `mark` says what is news besides, or where the state stayed, instead (model.links.Mark).
-- `acts` says who is acting on it, by which act, and what is done: one that was claimed and not done can be claimed
-- again after a while.
CREATE TABLE transitions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  link_id INTEGER NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  at TEXT NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at, '+0 seconds')),
  from_state TEXT NOT NULL CHECK (from_state IN ('unknown', 'healthy', 'moved', 'suspect', 'broken', 'blocked')),
  to_state TEXT NOT NULL CHECK (to_state IN ('unknown', 'healthy', 'moved', 'suspect', 'broken', 'blocked')),
  reason TEXT NOT NULL DEFAULT '',
  mark TEXT NOT NULL DEFAULT '' CHECK (mark IN ('', 'look', 'certain')),
  CHECK (from_state <> to_state OR mark <> '')
) STRICT;
CREATE INDEX transitions_by_link ON transitions(link_id);
CREATE INDEX transitions_told ON transitions(id) WHERE mark <> '' OR from_state = 'broken' OR to_state = 'broken';
CREATE TABLE acts (
  id INTEGER PRIMARY KEY,
  transition_id INTEGER NOT NULL REFERENCES transitions(id) ON DELETE CASCADE,
  act TEXT NOT NULL CHECK (act <> '' AND act NOT GLOB '*[^a-z-]*'),
  claimed_at TEXT NOT NULL CHECK (claimed_at IS strftime('%Y-%m-%dT%H:%M:%SZ', claimed_at, '+0 seconds')),
  claimed_by TEXT NOT NULL DEFAULT '',
  done_at TEXT CHECK (done_at IS strftime('%Y-%m-%dT%H:%M:%SZ', done_at, '+0 seconds')),
  UNIQUE (transition_id, act)
) STRICT;
-- Up to and with that transition nothing is open for an act, and no row of `acts` is kept.
CREATE TABLE watermarks (
  id INTEGER PRIMARY KEY,
  act TEXT NOT NULL UNIQUE CHECK (act <> '' AND act NOT GLOB '*[^a-z-]*'),
  transition_id INTEGER NOT NULL CHECK (transition_id >= 0)
) STRICT;

-- A person's word over the state, up to and with the day `until_on`; one for a link, a host (with those below it) or
-- an outlet. Belief goes on underneath.
CREATE TABLE overrides (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  link_id INTEGER REFERENCES links(id) ON DELETE CASCADE,
  host TEXT CHECK (host <> '' AND host = lower(host) AND host NOT GLOB '*[ /@]*'),
  outlet_id INTEGER REFERENCES outlets(id) ON DELETE CASCADE,
  override TEXT NOT NULL CHECK (override IN ('alive', 'dead', 'ignore')),
  until_on TEXT NOT NULL CHECK (until_on IS date(until_on, '+0 days')),
  who TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at, '+0 seconds')),
  note TEXT NOT NULL DEFAULT '',
  CHECK ((link_id IS NOT NULL) + (host IS NOT NULL) + (outlet_id IS NOT NULL) = 1)
) STRICT;
CREATE UNIQUE INDEX overrides_of_links ON overrides(link_id) WHERE link_id IS NOT NULL;
CREATE UNIQUE INDEX overrides_of_hosts ON overrides(host) WHERE host IS NOT NULL;
CREATE UNIQUE INDEX overrides_of_outlets ON overrides(outlet_id) WHERE outlet_id IS NOT NULL;

-- A person's word over `[check] per_host_interval`, in seconds: only ever slower than that. For a link it holds for
-- the host that it is on, for a host with those below it, for an outlet with its hosts.
CREATE TABLE intervals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  link_id INTEGER REFERENCES links(id) ON DELETE CASCADE,
  host TEXT CHECK (host <> '' AND host = lower(host) AND host NOT GLOB '*[ /@]*'),
  outlet_id INTEGER REFERENCES outlets(id) ON DELETE CASCADE,
  seconds REAL NOT NULL CHECK (seconds > 0 AND seconds <= 3600),
  who TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at, '+0 seconds')),
  note TEXT NOT NULL DEFAULT '',
  CHECK ((link_id IS NOT NULL) + (host IS NOT NULL) + (outlet_id IS NOT NULL) = 1)
) STRICT;
CREATE UNIQUE INDEX intervals_of_links ON intervals(link_id) WHERE link_id IS NOT NULL;
CREATE UNIQUE INDEX intervals_of_hosts ON intervals(host) WHERE host IS NOT NULL;
CREATE UNIQUE INDEX intervals_of_outlets ON intervals(outlet_id) WHERE outlet_id IS NOT NULL;

-- Archived copies (RFC 7089): `at` is the instant of the capture, `source` the archive that told of it.
CREATE TABLE mementos (
  id INTEGER PRIMARY KEY,
  link_id INTEGER NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  url TEXT NOT NULL CHECK (url GLOB 'http://?*' OR url GLOB 'https://?*'),
  at TEXT NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at, '+0 seconds')),
  found_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (found_at IS strftime('%Y-%m-%dT%H:%M:%SZ', found_at, '+0 seconds')),
  source TEXT NOT NULL DEFAULT '',
  UNIQUE (link_id, url)
) STRICT;

-- What the archive is still to be asked for: copies of links that are not well (`look_ups`), and captures of links that
-- were recorded (`unsaved`). `due_at` is when next; whoever asks puts it off first, so that two runs ask once.
CREATE TABLE look_ups (
  link_id INTEGER PRIMARY KEY REFERENCES links(id) ON DELETE CASCADE,
  due_at TEXT NOT NULL CHECK (due_at IS strftime('%Y-%m-%dT%H:%M:%SZ', due_at, '+0 seconds'))
) STRICT;
CREATE INDEX look_ups_due ON look_ups(due_at);
CREATE TABLE unsaved (
  link_id INTEGER PRIMARY KEY REFERENCES links(id) ON DELETE CASCADE,
  tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  due_at TEXT NOT NULL DEFAULT '1970-01-01T00:00:00Z' CHECK (due_at IS strftime('%Y-%m-%dT%H:%M:%SZ', due_at, '+0 seconds'))
) STRICT;

-- Until when a host asked us to stay away; and what a place answered to an address that cannot exist. A place is a
-- host, or a host with a path where queries name the page.
CREATE TABLE hosts (
  id INTEGER PRIMARY KEY,
  host TEXT NOT NULL UNIQUE CHECK (host <> '' AND host = lower(host)),
  postponed_until TEXT CHECK (postponed_until IS strftime('%Y-%m-%dT%H:%M:%SZ', postponed_until, '+0 seconds'))
) STRICT;
CREATE TABLE nonsense_answers (
  id INTEGER PRIMARY KEY,
  place TEXT NOT NULL UNIQUE CHECK (place <> ''),
  at TEXT NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at, '+0 seconds')),
  status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 999),
  fingerprint TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  path TEXT NOT NULL DEFAULT ''
) STRICT;

-- URLs that links had before they moved: pasted again, they still lead to the piece.
CREATE TABLE former_urls (
  id INTEGER PRIMARY KEY,
  link_id INTEGER NOT NULL REFERENCES links(id) ON DELETE CASCADE,
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  url TEXT NOT NULL CHECK (url GLOB 'http://?*' OR url GLOB 'https://?*'),
  left_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (left_at IS strftime('%Y-%m-%dT%H:%M:%SZ', left_at, '+0 seconds')),
  who TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX former_urls_by_link ON former_urls(link_id);

-- Who is checking links, or was last. It is held while `expires_at` lies ahead and the process lives; `all_since` is
-- when a round of all links began that has not come to its end.
CREATE TABLE lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  token TEXT NOT NULL,
  who TEXT NOT NULL,
  machine TEXT NOT NULL,
  process TEXT NOT NULL,
  taken_at TEXT NOT NULL CHECK (taken_at IS strftime('%Y-%m-%dT%H:%M:%SZ', taken_at, '+0 seconds')),
  expires_at TEXT NOT NULL CHECK (expires_at IS strftime('%Y-%m-%dT%H:%M:%SZ', expires_at, '+0 seconds')),
  all_since TEXT CHECK (all_since IS strftime('%Y-%m-%dT%H:%M:%SZ', all_since, '+0 seconds')),
  thinned_at TEXT CHECK (thinned_at IS strftime('%Y-%m-%dT%H:%M:%SZ', thinned_at, '+0 seconds'))
) STRICT;

-- Words over links are audited too, and further nouns will come: which there are is not the trail's to say.
CREATE TABLE audit_trail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at, '+0 seconds')),
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  noun TEXT NOT NULL CHECK (noun <> '' AND noun NOT GLOB '*[^a-z_]*'),
  noun_id INTEGER NOT NULL,
  import_id INTEGER REFERENCES imports(id),
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after))
) STRICT;
INSERT INTO audit_trail (id, at, who, action, noun, noun_id, import_id, before, after)
SELECT id, at, who, action, noun, noun_id, import_id, before, after FROM audit;
DROP TABLE audit;
ALTER TABLE audit_trail RENAME TO audit;
CREATE INDEX audit_by_noun ON audit(noun, noun_id);
CREATE INDEX audit_by_import ON audit(import_id) WHERE import_id IS NOT NULL;

-- Every link has its belief, whoever makes or changes it; another URL is another page, and is believed anew. A row
-- that REPLACE put in the place of another is a new link.
CREATE TRIGGER links_believe_insert AFTER INSERT ON links BEGIN
  DELETE FROM beliefs WHERE link_id = NEW.id;
  INSERT INTO beliefs (link_id, host) SELECT link_id, host FROM link_hosts WHERE link_id = NEW.id;
END;
CREATE TRIGGER links_believe_update AFTER UPDATE OF id, url ON links WHEN NEW.url <> OLD.url OR NEW.id <> OLD.id BEGIN
  DELETE FROM beliefs WHERE link_id IN (OLD.id, NEW.id);
  INSERT INTO beliefs (link_id, host) SELECT link_id, host FROM link_hosts WHERE link_id = NEW.id;
END;
-- Checks say where they ended only where that was not the link's URL: those of the URL that it leaves ended there.
CREATE TRIGGER links_checks_update AFTER UPDATE OF url ON links WHEN NEW.url <> OLD.url BEGIN
  UPDATE checks SET final_url = OLD.url WHERE link_id = OLD.id AND final_url = '';
END;
-- A page that is recorded is to be captured, as is the one that a link moves to.
CREATE TRIGGER links_save_insert AFTER INSERT ON links BEGIN
  DELETE FROM unsaved WHERE link_id = NEW.id;
  INSERT INTO unsaved (link_id) VALUES (NEW.id);
END;
CREATE TRIGGER links_save_update AFTER UPDATE OF id, url ON links WHEN NEW.url <> OLD.url OR NEW.id <> OLD.id BEGIN
  DELETE FROM unsaved WHERE link_id IN (OLD.id, NEW.id);
  INSERT INTO unsaved (link_id) VALUES (NEW.id);
END;
-- For tools that leave foreign keys off, as SQLite has them by default.
CREATE TRIGGER links_forget AFTER DELETE ON links BEGIN
  DELETE FROM beliefs WHERE link_id = OLD.id;
  DELETE FROM checks WHERE link_id = OLD.id;
  DELETE FROM acts WHERE transition_id IN (SELECT id FROM transitions WHERE link_id = OLD.id);
  DELETE FROM transitions WHERE link_id = OLD.id;
  DELETE FROM overrides WHERE link_id = OLD.id;
  DELETE FROM intervals WHERE link_id = OLD.id;
  DELETE FROM mementos WHERE link_id = OLD.id;
  DELETE FROM look_ups WHERE link_id = OLD.id;
  DELETE FROM unsaved WHERE link_id = OLD.id;
  DELETE FROM former_urls WHERE link_id = OLD.id;
END;
-- A former URL that is a link's again is no former one.
CREATE TRIGGER links_former_insert AFTER INSERT ON links BEGIN
  DELETE FROM former_urls WHERE key = NEW.key;
END;
CREATE TRIGGER links_former_update AFTER UPDATE OF key ON links WHEN NEW.key <> OLD.key BEGIN
  DELETE FROM former_urls WHERE key = NEW.key;
END;

-- What may be news (model.news) changes the feed for staff; that a link is only suspect does not.
CREATE TRIGGER transitions_note_insert AFTER INSERT ON transitions WHEN NEW.mark <> '' OR 'broken' IN (NEW.from_state, NEW.to_state) BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'links', NEW.link_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'links' AND noun_id = NEW.link_id);
END;

-- Where a reader is sent changes when a link breaks or heals, when a copy of a broken one is found or lost, and with
-- a person's word: then, and only then, the pieces placed there have to be published anew.
CREATE TRIGGER beliefs_note_update AFTER UPDATE OF state ON beliefs WHEN (NEW.state = 'broken') <> (OLD.state = 'broken') BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id = NEW.link_id AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE VIEW overridden (override_id, link_id) AS
SELECT id, link_id FROM overrides WHERE link_id IS NOT NULL
UNION
SELECT overrides.id, placements.link_id FROM overrides JOIN placements ON placements.outlet_id = overrides.outlet_id
UNION
SELECT overrides.id, beliefs.link_id FROM overrides JOIN beliefs ON beliefs.host = overrides.host OR substr(beliefs.host, -length(overrides.host) - 1) = '.' || overrides.host;
CREATE TRIGGER overrides_note_insert AFTER INSERT ON overrides BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id IN (SELECT link_id FROM overridden WHERE override_id = NEW.id) AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER overrides_note_before_update BEFORE UPDATE OF link_id, host, outlet_id, override, until_on ON overrides BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id IN (SELECT link_id FROM overridden WHERE override_id = OLD.id) AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER overrides_note_update AFTER UPDATE OF link_id, host, outlet_id, override, until_on ON overrides BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id IN (SELECT link_id FROM overridden WHERE override_id = NEW.id) AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER overrides_note_delete BEFORE DELETE ON overrides BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id IN (SELECT link_id FROM overridden WHERE override_id = OLD.id) AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE VIEW taken_for_dead (link_id) AS
SELECT link_id FROM beliefs WHERE state = 'broken'
UNION
SELECT overridden.link_id FROM overridden JOIN overrides ON overrides.id = override_id WHERE override = 'dead';
CREATE TRIGGER mementos_note_insert AFTER INSERT ON mementos BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id IN (SELECT link_id FROM taken_for_dead WHERE link_id IN (NEW.link_id)) AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER mementos_note_update AFTER UPDATE OF link_id, url, at ON mementos BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id IN (SELECT link_id FROM taken_for_dead WHERE link_id IN (OLD.link_id, NEW.link_id)) AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER mementos_note_delete AFTER DELETE ON mementos BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id IN (SELECT link_id FROM taken_for_dead WHERE link_id IN (OLD.link_id)) AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
