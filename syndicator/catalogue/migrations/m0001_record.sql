CREATE TABLE kinds (
  slug TEXT PRIMARY KEY CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
  label TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO kinds (slug, label) VALUES
  ('op-ed', 'Op-ed'), ('article', 'Article'), ('report', 'Report'), ('brief', 'Brief'),
  ('explainer', 'Explainer'), ('q-and-a', 'Q&A'), ('press-release', 'Press Release'),
  ('interview', 'Interview'), ('in-the-media', 'In the media'), ('podcast', 'Podcast'),
  ('video', 'Video'), ('book', 'Book'), ('review', 'Review');

CREATE TABLE authors (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (trim(name) <> ''),
  slug TEXT NOT NULL UNIQUE CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
  role TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '' CHECK (url = '' OR url GLOB 'http://?*' OR url GLOB 'https://?*'),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+0 seconds')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%SZ', updated_at, '+0 seconds'))
) STRICT;

CREATE TABLE outlets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (trim(name) <> ''),
  slug TEXT NOT NULL UNIQUE CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
  url TEXT NOT NULL DEFAULT '' CHECK (url = '' OR url GLOB 'http://?*' OR url GLOB 'https://?*'),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+0 seconds')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%SZ', updated_at, '+0 seconds'))
) STRICT;

CREATE TABLE topics (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (trim(name) <> ''),
  slug TEXT NOT NULL UNIQUE CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
  parent_id INTEGER REFERENCES topics(id) ON DELETE SET NULL CHECK (parent_id <> id),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+0 seconds')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%SZ', updated_at, '+0 seconds'))
) STRICT;

CREATE TABLE programs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (trim(name) <> ''),
  slug TEXT NOT NULL UNIQUE CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
  url TEXT NOT NULL DEFAULT '' CHECK (url = '' OR url GLOB 'http://?*' OR url GLOB 'https://?*'),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+0 seconds')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%SZ', updated_at, '+0 seconds'))
) STRICT;

CREATE INDEX topics_by_parent ON topics(parent_id);

-- Other names that imports and flags may use for the same thing.
CREATE TABLE aliases (
  id INTEGER PRIMARY KEY,
  alias TEXT NOT NULL COLLATE NOCASE CHECK (trim(alias) <> ''),
  author_id INTEGER REFERENCES authors(id) ON DELETE CASCADE,
  outlet_id INTEGER REFERENCES outlets(id) ON DELETE CASCADE,
  topic_id INTEGER REFERENCES topics(id) ON DELETE CASCADE,
  program_id INTEGER REFERENCES programs(id) ON DELETE CASCADE,
  CHECK ((author_id IS NOT NULL) + (outlet_id IS NOT NULL) + (topic_id IS NOT NULL) + (program_id IS NOT NULL) = 1)
) STRICT;
CREATE UNIQUE INDEX aliases_of_authors ON aliases(alias) WHERE author_id IS NOT NULL;
CREATE UNIQUE INDEX aliases_of_outlets ON aliases(alias) WHERE outlet_id IS NOT NULL;
CREATE UNIQUE INDEX aliases_of_topics ON aliases(alias) WHERE topic_id IS NOT NULL;
CREATE UNIQUE INDEX aliases_of_programs ON aliases(alias) WHERE program_id IS NOT NULL;

-- Slugs that feeds were published under before a rename or merge: their paths stay alive for ever.
CREATE TABLE old_slugs (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
  author_id INTEGER REFERENCES authors(id) ON DELETE CASCADE,
  outlet_id INTEGER REFERENCES outlets(id) ON DELETE CASCADE,
  topic_id INTEGER REFERENCES topics(id) ON DELETE CASCADE,
  program_id INTEGER REFERENCES programs(id) ON DELETE CASCADE,
  CHECK ((author_id IS NOT NULL) + (outlet_id IS NOT NULL) + (topic_id IS NOT NULL) + (program_id IS NOT NULL) = 1)
) STRICT;
CREATE UNIQUE INDEX old_slugs_of_authors ON old_slugs(slug) WHERE author_id IS NOT NULL;
CREATE UNIQUE INDEX old_slugs_of_outlets ON old_slugs(slug) WHERE outlet_id IS NOT NULL;
CREATE UNIQUE INDEX old_slugs_of_topics ON old_slugs(slug) WHERE topic_id IS NOT NULL;
CREATE UNIQUE INDEX old_slugs_of_programs ON old_slugs(slug) WHERE program_id IS NOT NULL;

-- A host may belong to several outlets (YouTube, Substack): it proposes, it does not decide.
CREATE TABLE outlet_hosts (
  id INTEGER PRIMARY KEY,
  outlet_id INTEGER NOT NULL REFERENCES outlets(id) ON DELETE CASCADE,
  host TEXT NOT NULL CHECK (host <> '' AND host = lower(host) AND host NOT GLOB '*[ /:]*'),
  UNIQUE (host, outlet_id)
) STRICT;
CREATE INDEX outlet_hosts_by_outlet ON outlet_hosts(outlet_id);

CREATE TABLE links (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  url TEXT NOT NULL CHECK (url GLOB 'http://?*' OR url GLOB 'https://?*'),
  vetted INTEGER NOT NULL DEFAULT 0 CHECK (vetted >= 0),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+0 seconds'))
) STRICT;

-- `vetted` counts how often the desk has written the text. An edit that leaves it as it was came past the
-- desk: a trigger sets it to 0, and the text is sanitised before anybody reads it.
CREATE TABLE pieces (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id TEXT UNIQUE CHECK (entry_id GLOB 'tag:?*'),
  slug TEXT UNIQUE CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published', 'retracted')),
  title TEXT NOT NULL CHECK (trim(title) <> ''),
  summary TEXT NOT NULL DEFAULT '',
  summary_text TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'article' REFERENCES kinds(slug) CHECK (kind IN (
    'op-ed', 'article', 'report', 'brief', 'explainer', 'q-and-a', 'press-release', 'interview', 'in-the-media',
    'podcast', 'video', 'book', 'review'
  )),
  published TEXT NOT NULL CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' OR published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z'),
  published_at TEXT NOT NULL DEFAULT '9999-12-31T00:00:00Z' CHECK (published_at IS strftime('%Y-%m-%dT%H:%M:%SZ', published_at, '+0 seconds')),
  source_id TEXT UNIQUE CHECK (source_id <> ''),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+0 seconds')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) CHECK (updated_at IS strftime('%Y-%m-%dT%H:%M:%SZ', updated_at, '+0 seconds')),
  retracted_at TEXT CHECK (retracted_at IS strftime('%Y-%m-%dT%H:%M:%SZ', retracted_at, '+0 seconds')),
  vetted INTEGER NOT NULL DEFAULT 0 CHECK (vetted >= 0),
  CHECK (retracted_at IS NULL OR status = 'retracted'),
  CHECK (vetted = 0 OR (entry_id IS NOT NULL AND slug IS NOT NULL))
) STRICT;
CREATE INDEX pieces_by_date ON pieces(published_at, id);
CREATE INDEX pieces_by_kind ON pieces(kind);
CREATE INDEX pieces_unvetted ON pieces(id) WHERE vetted = 0;

CREATE TABLE placements (
  id INTEGER PRIMARY KEY,
  piece_id INTEGER NOT NULL REFERENCES pieces(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  link_id INTEGER NOT NULL REFERENCES links(id),
  outlet_id INTEGER NOT NULL REFERENCES outlets(id),
  relation TEXT NOT NULL CHECK (relation IN ('original', 'republication', 'cross-post', 'translation')),
  UNIQUE (piece_id, position),
  CHECK ((position = 0) = (relation = 'original'))
) STRICT;
CREATE INDEX placements_by_link ON placements(link_id, piece_id);
CREATE INDEX placements_by_outlet ON placements(outlet_id, piece_id);
CREATE UNIQUE INDEX placements_primary_link ON placements(link_id) WHERE position = 0;

CREATE TABLE credits (
  id INTEGER PRIMARY KEY,
  piece_id INTEGER NOT NULL REFERENCES pieces(id) ON DELETE CASCADE,
  author_id INTEGER NOT NULL REFERENCES authors(id),
  credit TEXT NOT NULL CHECK (credit IN ('author', 'featured')),
  position INTEGER NOT NULL CHECK (position >= 0),
  UNIQUE (piece_id, author_id),
  UNIQUE (piece_id, credit, position)
) STRICT;
CREATE INDEX credits_by_author ON credits(author_id, piece_id);

CREATE TABLE piece_topics (
  id INTEGER PRIMARY KEY,
  piece_id INTEGER NOT NULL REFERENCES pieces(id) ON DELETE CASCADE,
  topic_id INTEGER NOT NULL REFERENCES topics(id),
  position INTEGER NOT NULL CHECK (position >= 0),
  UNIQUE (piece_id, topic_id),
  UNIQUE (piece_id, position)
) STRICT;
CREATE INDEX piece_topics_by_topic ON piece_topics(topic_id, piece_id);

CREATE TABLE piece_programs (
  id INTEGER PRIMARY KEY,
  piece_id INTEGER NOT NULL REFERENCES pieces(id) ON DELETE CASCADE,
  program_id INTEGER NOT NULL REFERENCES programs(id),
  position INTEGER NOT NULL CHECK (position >= 0),
  UNIQUE (piece_id, program_id),
  UNIQUE (piece_id, position)
) STRICT;
CREATE INDEX piece_programs_by_program ON piece_programs(program_id, piece_id);

CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at, '+0 seconds')),
  who TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at, '+0 seconds')),
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  noun TEXT NOT NULL CHECK (noun IN ('pieces', 'authors', 'outlets', 'topics', 'programs')),
  noun_id INTEGER NOT NULL,
  import_id INTEGER REFERENCES imports(id),
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after))
) STRICT;
CREATE INDEX audit_by_noun ON audit(noun, noun_id);
CREATE INDEX audit_by_import ON audit(import_id) WHERE import_id IS NOT NULL;

-- Full text: rowid is the piece. Filled from `unindexed`, which triggers fill; drained by every write of ours.
CREATE VIRTUAL TABLE search USING fts5(title, summary, authors, outlets, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE unindexed (piece_id INTEGER PRIMARY KEY) STRICT;

-- Edits past the desk are marked; the slug of a feed is never forgotten; the index follows every edit.
CREATE TRIGGER pieces_outside_edit AFTER UPDATE OF entry_id, slug, status, title, summary, summary_text, kind, published, published_at, retracted_at ON pieces
WHEN NEW.vetted = OLD.vetted AND NEW.vetted > 0 BEGIN
  UPDATE pieces SET vetted = 0, updated_at = CASE updated_at WHEN OLD.updated_at THEN strftime('%Y-%m-%dT%H:%M:%SZ', 'now') ELSE updated_at END WHERE id = NEW.id;
END;
CREATE INDEX links_unvetted ON links(id) WHERE vetted = 0;
CREATE TRIGGER links_outside_edit AFTER UPDATE OF key, url ON links WHEN NEW.vetted = OLD.vetted AND NEW.vetted > 0 BEGIN
  UPDATE links SET vetted = 0 WHERE id = NEW.id;
END;
CREATE TRIGGER pieces_index_insert AFTER INSERT ON pieces BEGIN
  INSERT INTO unindexed (piece_id) SELECT NEW.id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = NEW.id);
END;
CREATE TRIGGER pieces_index_update AFTER UPDATE OF title, summary, summary_text ON pieces BEGIN
  INSERT INTO unindexed (piece_id) SELECT NEW.id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = NEW.id);
END;
CREATE TRIGGER pieces_index_delete AFTER DELETE ON pieces BEGIN
  INSERT INTO unindexed (piece_id) SELECT OLD.id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = OLD.id);
END;
CREATE TRIGGER credits_index_insert AFTER INSERT ON credits BEGIN
  INSERT INTO unindexed (piece_id) SELECT NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = NEW.piece_id);
END;
CREATE TRIGGER credits_index_update AFTER UPDATE ON credits BEGIN
  INSERT INTO unindexed (piece_id) SELECT OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = OLD.piece_id);
  INSERT INTO unindexed (piece_id) SELECT NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = NEW.piece_id);
END;
CREATE TRIGGER credits_index_delete AFTER DELETE ON credits BEGIN
  INSERT INTO unindexed (piece_id) SELECT OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = OLD.piece_id);
END;
CREATE TRIGGER placements_index_insert AFTER INSERT ON placements BEGIN
  INSERT INTO unindexed (piece_id) SELECT NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = NEW.piece_id);
END;
CREATE TRIGGER placements_index_update AFTER UPDATE ON placements BEGIN
  INSERT INTO unindexed (piece_id) SELECT OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = OLD.piece_id);
  INSERT INTO unindexed (piece_id) SELECT NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = NEW.piece_id);
END;
CREATE TRIGGER placements_index_delete AFTER DELETE ON placements BEGIN
  INSERT INTO unindexed (piece_id) SELECT OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE piece_id = OLD.piece_id);
END;
CREATE TRIGGER authors_index_update AFTER UPDATE OF name ON authors BEGIN
  INSERT INTO unindexed (piece_id) SELECT DISTINCT piece_id FROM credits WHERE author_id = NEW.id AND piece_id NOT IN (SELECT piece_id FROM unindexed);
END;
CREATE TRIGGER outlets_index_update AFTER UPDATE OF name ON outlets BEGIN
  INSERT INTO unindexed (piece_id) SELECT DISTINCT piece_id FROM placements WHERE outlet_id = NEW.id AND piece_id NOT IN (SELECT piece_id FROM unindexed);
END;
CREATE TRIGGER authors_keep_slug AFTER UPDATE OF slug ON authors WHEN NEW.slug <> OLD.slug BEGIN
  DELETE FROM old_slugs WHERE author_id = NEW.id AND slug = NEW.slug;
  INSERT INTO old_slugs (slug, author_id) SELECT OLD.slug, NEW.id WHERE NOT EXISTS (SELECT 1 FROM old_slugs WHERE author_id = NEW.id AND slug = OLD.slug);
END;
CREATE TRIGGER authors_keep_replaced_slug BEFORE INSERT ON authors BEGIN
  INSERT INTO old_slugs (slug, author_id) SELECT slug, id FROM authors WHERE id = NEW.id AND slug <> NEW.slug AND NOT EXISTS (SELECT 1 FROM old_slugs WHERE author_id = NEW.id AND slug = authors.slug);
END;
CREATE TRIGGER authors_slug_free_insert BEFORE INSERT ON authors BEGIN
  SELECT RAISE(ABORT, 'slug belongs to an older name of another row') FROM old_slugs WHERE author_id IS NOT NULL AND author_id IS NOT NEW.id AND slug = NEW.slug;
END;
CREATE TRIGGER authors_slug_free_update BEFORE UPDATE OF slug ON authors BEGIN
  SELECT RAISE(ABORT, 'slug belongs to an older name of another row') FROM old_slugs WHERE author_id IS NOT NULL AND author_id <> NEW.id AND slug = NEW.slug;
END;
CREATE TRIGGER outlets_keep_slug AFTER UPDATE OF slug ON outlets WHEN NEW.slug <> OLD.slug BEGIN
  DELETE FROM old_slugs WHERE outlet_id = NEW.id AND slug = NEW.slug;
  INSERT INTO old_slugs (slug, outlet_id) SELECT OLD.slug, NEW.id WHERE NOT EXISTS (SELECT 1 FROM old_slugs WHERE outlet_id = NEW.id AND slug = OLD.slug);
END;
CREATE TRIGGER outlets_keep_replaced_slug BEFORE INSERT ON outlets BEGIN
  INSERT INTO old_slugs (slug, outlet_id) SELECT slug, id FROM outlets WHERE id = NEW.id AND slug <> NEW.slug AND NOT EXISTS (SELECT 1 FROM old_slugs WHERE outlet_id = NEW.id AND slug = outlets.slug);
END;
CREATE TRIGGER outlets_slug_free_insert BEFORE INSERT ON outlets BEGIN
  SELECT RAISE(ABORT, 'slug belongs to an older name of another row') FROM old_slugs WHERE outlet_id IS NOT NULL AND outlet_id IS NOT NEW.id AND slug = NEW.slug;
END;
CREATE TRIGGER outlets_slug_free_update BEFORE UPDATE OF slug ON outlets BEGIN
  SELECT RAISE(ABORT, 'slug belongs to an older name of another row') FROM old_slugs WHERE outlet_id IS NOT NULL AND outlet_id <> NEW.id AND slug = NEW.slug;
END;
CREATE TRIGGER topics_keep_slug AFTER UPDATE OF slug ON topics WHEN NEW.slug <> OLD.slug BEGIN
  DELETE FROM old_slugs WHERE topic_id = NEW.id AND slug = NEW.slug;
  INSERT INTO old_slugs (slug, topic_id) SELECT OLD.slug, NEW.id WHERE NOT EXISTS (SELECT 1 FROM old_slugs WHERE topic_id = NEW.id AND slug = OLD.slug);
END;
CREATE TRIGGER topics_keep_replaced_slug BEFORE INSERT ON topics BEGIN
  INSERT INTO old_slugs (slug, topic_id) SELECT slug, id FROM topics WHERE id = NEW.id AND slug <> NEW.slug AND NOT EXISTS (SELECT 1 FROM old_slugs WHERE topic_id = NEW.id AND slug = topics.slug);
END;
CREATE TRIGGER topics_slug_free_insert BEFORE INSERT ON topics BEGIN
  SELECT RAISE(ABORT, 'slug belongs to an older name of another row') FROM old_slugs WHERE topic_id IS NOT NULL AND topic_id IS NOT NEW.id AND slug = NEW.slug;
END;
CREATE TRIGGER topics_slug_free_update BEFORE UPDATE OF slug ON topics BEGIN
  SELECT RAISE(ABORT, 'slug belongs to an older name of another row') FROM old_slugs WHERE topic_id IS NOT NULL AND topic_id <> NEW.id AND slug = NEW.slug;
END;
CREATE TRIGGER programs_keep_slug AFTER UPDATE OF slug ON programs WHEN NEW.slug <> OLD.slug BEGIN
  DELETE FROM old_slugs WHERE program_id = NEW.id AND slug = NEW.slug;
  INSERT INTO old_slugs (slug, program_id) SELECT OLD.slug, NEW.id WHERE NOT EXISTS (SELECT 1 FROM old_slugs WHERE program_id = NEW.id AND slug = OLD.slug);
END;
CREATE TRIGGER programs_keep_replaced_slug BEFORE INSERT ON programs BEGIN
  INSERT INTO old_slugs (slug, program_id) SELECT slug, id FROM programs WHERE id = NEW.id AND slug <> NEW.slug AND NOT EXISTS (SELECT 1 FROM old_slugs WHERE program_id = NEW.id AND slug = programs.slug);
END;
CREATE TRIGGER programs_slug_free_insert BEFORE INSERT ON programs BEGIN
  SELECT RAISE(ABORT, 'slug belongs to an older name of another row') FROM old_slugs WHERE program_id IS NOT NULL AND program_id IS NOT NEW.id AND slug = NEW.slug;
END;
CREATE TRIGGER programs_slug_free_update BEFORE UPDATE OF slug ON programs BEGIN
  SELECT RAISE(ABORT, 'slug belongs to an older name of another row') FROM old_slugs WHERE program_id IS NOT NULL AND program_id <> NEW.id AND slug = NEW.slug;
END;
CREATE TRIGGER topics_no_cycle_insert BEFORE INSERT ON topics WHEN NEW.parent_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a topic cannot lie below itself') WHERE NEW.id IN (
    WITH RECURSIVE above(id) AS (
      VALUES (NEW.parent_id) UNION SELECT parent_id FROM topics JOIN above ON topics.id = above.id WHERE parent_id IS NOT NULL
    ) SELECT id FROM above);
END;
CREATE TRIGGER topics_no_cycle_update BEFORE UPDATE OF parent_id ON topics WHEN NEW.parent_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a topic cannot lie below itself') WHERE NEW.id IN (
    WITH RECURSIVE above(id) AS (
      VALUES (NEW.parent_id) UNION SELECT parent_id FROM topics JOIN above ON topics.id = above.id WHERE parent_id IS NOT NULL
    ) SELECT id FROM above);
END;
