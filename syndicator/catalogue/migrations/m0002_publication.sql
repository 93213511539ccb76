-- The id of each scope's feed, made once. Scopes are written `all`, `kinds/op-ed`, `authors/12`.
CREATE TABLE feeds (
  scope TEXT PRIMARY KEY,
  feed_id TEXT NOT NULL UNIQUE CHECK (feed_id GLOB 'tag:?*'),
  created_at TEXT NOT NULL CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+0 seconds'))
) STRICT;

-- What changed since stock was last taken; triggers fill it, whoever edits.
CREATE TABLE changes (
  noun TEXT NOT NULL CHECK (noun IN ('pieces', 'authors', 'outlets', 'topics', 'programs', 'links')),
  noun_id INTEGER NOT NULL,
  PRIMARY KEY (noun, noun_id)
) STRICT, WITHOUT ROWID;

-- Stock was last taken by which edition (program and settings), as of which instant; `heads` are the heads of
-- feeds that this edition has compiled.
CREATE TABLE publication (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  edition TEXT NOT NULL,
  as_of TEXT NOT NULL CHECK (as_of IS strftime('%Y-%m-%dT%H:%M:%SZ', as_of, '+0 seconds')),
  heads TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(heads))
) STRICT;

-- What stands where as of that instant, in the order of the feeds; `live` is 0 for a tombstone.
CREATE TABLE shown (
  piece_id INTEGER PRIMARY KEY,
  published_at TEXT NOT NULL,
  month TEXT NOT NULL CHECK (month GLOB '????-??'),
  live INTEGER NOT NULL CHECK (live IN (0, 1))
) STRICT;
CREATE TABLE timelines (
  scope TEXT NOT NULL,
  published_at TEXT NOT NULL,
  piece_id INTEGER NOT NULL,
  month TEXT NOT NULL,
  live INTEGER NOT NULL,
  PRIMARY KEY (scope, published_at, piece_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX timelines_by_piece ON timelines(piece_id);
CREATE TABLE tallies (
  scope TEXT NOT NULL,
  month TEXT NOT NULL,
  pieces INTEGER NOT NULL CHECK (pieces > 0),
  PRIMARY KEY (scope, month)
) STRICT, WITHOUT ROWID;

-- What has to be rendered since; emptied only when all its files stand. `scope` also says `pieces/7` for a
-- summary page and `site` for the directory; `month` is `*` for all of a scope, empty for its newest part.
CREATE TABLE todo (
  scope TEXT NOT NULL,
  month TEXT NOT NULL,
  PRIMARY KEY (scope, month)
) STRICT, WITHOUT ROWID;

-- Every file that publish wrote, with the digest of its bytes: what may be replaced and removed.
CREATE TABLE files (
  path TEXT PRIMARY KEY CHECK (path <> '' AND path NOT GLOB '/*' AND path NOT GLOB '*..*'),
  scope TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX files_by_scope ON files(scope);

-- Every topic with itself and those it lies below.
CREATE VIEW topics_above (topic_id, above_id) AS
WITH RECURSIVE above (topic_id, above_id) AS (
  SELECT id, id FROM topics
  UNION
  SELECT above.topic_id, topics.parent_id FROM above JOIN topics ON topics.id = above.above_id
  WHERE topics.parent_id IS NOT NULL
)
SELECT topic_id, above_id FROM above;

-- Whoever edits, by whichever tool: what is touched is noted.
CREATE TRIGGER pieces_note_insert AFTER INSERT ON pieces BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', NEW.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = NEW.id);
END;
CREATE TRIGGER pieces_note_update AFTER UPDATE ON pieces BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', OLD.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = OLD.id);
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', NEW.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = NEW.id);
END;
CREATE TRIGGER pieces_note_delete AFTER DELETE ON pieces BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', OLD.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = OLD.id);
END;
CREATE TRIGGER credits_note_insert AFTER INSERT ON credits BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = NEW.piece_id);
END;
CREATE TRIGGER credits_note_update AFTER UPDATE ON credits BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = OLD.piece_id);
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = NEW.piece_id);
END;
CREATE TRIGGER credits_note_delete AFTER DELETE ON credits BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = OLD.piece_id);
END;
CREATE TRIGGER placements_note_insert AFTER INSERT ON placements BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = NEW.piece_id);
END;
CREATE TRIGGER placements_note_update AFTER UPDATE ON placements BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = OLD.piece_id);
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = NEW.piece_id);
END;
CREATE TRIGGER placements_note_delete AFTER DELETE ON placements BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = OLD.piece_id);
END;
CREATE TRIGGER piece_topics_note_insert AFTER INSERT ON piece_topics BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = NEW.piece_id);
END;
CREATE TRIGGER piece_topics_note_update AFTER UPDATE ON piece_topics BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = OLD.piece_id);
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = NEW.piece_id);
END;
CREATE TRIGGER piece_topics_note_delete AFTER DELETE ON piece_topics BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = OLD.piece_id);
END;
CREATE TRIGGER piece_programs_note_insert AFTER INSERT ON piece_programs BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = NEW.piece_id);
END;
CREATE TRIGGER piece_programs_note_update AFTER UPDATE ON piece_programs BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = OLD.piece_id);
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', NEW.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = NEW.piece_id);
END;
CREATE TRIGGER piece_programs_note_delete AFTER DELETE ON piece_programs BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', OLD.piece_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'pieces' AND noun_id = OLD.piece_id);
END;
CREATE TRIGGER authors_note_insert AFTER INSERT ON authors BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'authors', NEW.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'authors' AND noun_id = NEW.id);
END;
CREATE TRIGGER authors_note_update AFTER UPDATE ON authors BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'authors', OLD.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'authors' AND noun_id = OLD.id);
  INSERT INTO changes (noun, noun_id) SELECT 'authors', NEW.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'authors' AND noun_id = NEW.id);
END;
CREATE TRIGGER authors_note_delete AFTER DELETE ON authors BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'authors', OLD.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'authors' AND noun_id = OLD.id);
END;
CREATE TRIGGER outlets_note_insert AFTER INSERT ON outlets BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'outlets', NEW.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'outlets' AND noun_id = NEW.id);
END;
CREATE TRIGGER outlets_note_update AFTER UPDATE ON outlets BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'outlets', OLD.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'outlets' AND noun_id = OLD.id);
  INSERT INTO changes (noun, noun_id) SELECT 'outlets', NEW.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'outlets' AND noun_id = NEW.id);
END;
CREATE TRIGGER outlets_note_delete AFTER DELETE ON outlets BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'outlets', OLD.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'outlets' AND noun_id = OLD.id);
END;
CREATE TRIGGER topics_note_insert AFTER INSERT ON topics BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'topics', NEW.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'topics' AND noun_id = NEW.id);
END;
CREATE TRIGGER topics_note_update AFTER UPDATE ON topics BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'topics', OLD.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'topics' AND noun_id = OLD.id);
  INSERT INTO changes (noun, noun_id) SELECT 'topics', NEW.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'topics' AND noun_id = NEW.id);
END;
CREATE TRIGGER topics_note_delete AFTER DELETE ON topics BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'topics', OLD.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'topics' AND noun_id = OLD.id);
END;
CREATE TRIGGER programs_note_insert AFTER INSERT ON programs BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'programs', NEW.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'programs' AND noun_id = NEW.id);
END;
CREATE TRIGGER programs_note_update AFTER UPDATE ON programs BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'programs', OLD.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'programs' AND noun_id = OLD.id);
  INSERT INTO changes (noun, noun_id) SELECT 'programs', NEW.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'programs' AND noun_id = NEW.id);
END;
CREATE TRIGGER programs_note_delete AFTER DELETE ON programs BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'programs', OLD.id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'programs' AND noun_id = OLD.id);
END;
CREATE TRIGGER old_slugs_note_authors_insert AFTER INSERT ON old_slugs WHEN NEW.author_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'authors', NEW.author_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'authors' AND noun_id = NEW.author_id);
END;
CREATE TRIGGER old_slugs_note_authors_update AFTER UPDATE ON old_slugs WHEN OLD.author_id IS NOT NULL OR NEW.author_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'authors', OLD.author_id WHERE OLD.author_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'authors' AND noun_id = OLD.author_id);
  INSERT INTO changes (noun, noun_id) SELECT 'authors', NEW.author_id WHERE NEW.author_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'authors' AND noun_id = NEW.author_id);
END;
CREATE TRIGGER old_slugs_note_authors_delete AFTER DELETE ON old_slugs WHEN OLD.author_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'authors', OLD.author_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'authors' AND noun_id = OLD.author_id);
END;
CREATE TRIGGER old_slugs_note_outlets_insert AFTER INSERT ON old_slugs WHEN NEW.outlet_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'outlets', NEW.outlet_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'outlets' AND noun_id = NEW.outlet_id);
END;
CREATE TRIGGER old_slugs_note_outlets_update AFTER UPDATE ON old_slugs WHEN OLD.outlet_id IS NOT NULL OR NEW.outlet_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'outlets', OLD.outlet_id WHERE OLD.outlet_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'outlets' AND noun_id = OLD.outlet_id);
  INSERT INTO changes (noun, noun_id) SELECT 'outlets', NEW.outlet_id WHERE NEW.outlet_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'outlets' AND noun_id = NEW.outlet_id);
END;
CREATE TRIGGER old_slugs_note_outlets_delete AFTER DELETE ON old_slugs WHEN OLD.outlet_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'outlets', OLD.outlet_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'outlets' AND noun_id = OLD.outlet_id);
END;
CREATE TRIGGER old_slugs_note_topics_insert AFTER INSERT ON old_slugs WHEN NEW.topic_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'topics', NEW.topic_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'topics' AND noun_id = NEW.topic_id);
END;
CREATE TRIGGER old_slugs_note_topics_update AFTER UPDATE ON old_slugs WHEN OLD.topic_id IS NOT NULL OR NEW.topic_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'topics', OLD.topic_id WHERE OLD.topic_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'topics' AND noun_id = OLD.topic_id);
  INSERT INTO changes (noun, noun_id) SELECT 'topics', NEW.topic_id WHERE NEW.topic_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'topics' AND noun_id = NEW.topic_id);
END;
CREATE TRIGGER old_slugs_note_topics_delete AFTER DELETE ON old_slugs WHEN OLD.topic_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'topics', OLD.topic_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'topics' AND noun_id = OLD.topic_id);
END;
CREATE TRIGGER old_slugs_note_programs_insert AFTER INSERT ON old_slugs WHEN NEW.program_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'programs', NEW.program_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'programs' AND noun_id = NEW.program_id);
END;
CREATE TRIGGER old_slugs_note_programs_update AFTER UPDATE ON old_slugs WHEN OLD.program_id IS NOT NULL OR NEW.program_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'programs', OLD.program_id WHERE OLD.program_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'programs' AND noun_id = OLD.program_id);
  INSERT INTO changes (noun, noun_id) SELECT 'programs', NEW.program_id WHERE NEW.program_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'programs' AND noun_id = NEW.program_id);
END;
CREATE TRIGGER old_slugs_note_programs_delete AFTER DELETE ON old_slugs WHEN OLD.program_id IS NOT NULL BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'programs', OLD.program_id WHERE NOT EXISTS (SELECT 1 FROM changes WHERE noun = 'programs' AND noun_id = OLD.program_id);
END;
CREATE TRIGGER links_note_insert AFTER INSERT ON links BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id = NEW.id AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER links_note_delete AFTER DELETE ON links BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id = OLD.id AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER links_note_update AFTER UPDATE OF url ON links BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id = NEW.id AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;

-- OR REPLACE fires no delete trigger for the rows that it takes away (sqlite.org/lang_conflict.html), unless a tool
-- asks for recursive triggers: so the rows that are about to collide are noted before.
CREATE TRIGGER credits_note_replaced BEFORE INSERT ON credits BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM credits WHERE id = NEW.id AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER piece_topics_note_replaced BEFORE INSERT ON piece_topics BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM piece_topics WHERE id = NEW.id AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER piece_programs_note_replaced BEFORE INSERT ON piece_programs BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM piece_programs WHERE id = NEW.id AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER placements_note_replaced BEFORE INSERT ON placements BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE id = NEW.id AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE NEW.position = 0 AND position = 0 AND link_id = NEW.link_id AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER placements_note_replaced_update BEFORE UPDATE OF link_id, position ON placements BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE NEW.position = 0 AND position = 0 AND link_id = NEW.link_id AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER pieces_note_replaced BEFORE INSERT ON pieces BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', id FROM pieces WHERE (slug = NEW.slug OR entry_id = NEW.entry_id OR source_id = NEW.source_id) AND id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER pieces_note_replaced_update BEFORE UPDATE OF id, slug, entry_id, source_id ON pieces BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'pieces', id FROM pieces WHERE (id = NEW.id OR slug = NEW.slug OR entry_id = NEW.entry_id OR source_id = NEW.source_id) AND id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER authors_note_replaced BEFORE INSERT ON authors BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'authors', id FROM authors WHERE (name = NEW.name OR slug = NEW.slug) AND id NOT IN (SELECT noun_id FROM changes WHERE noun = 'authors');
END;
CREATE TRIGGER authors_note_replaced_update BEFORE UPDATE OF id, name, slug ON authors BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'authors', id FROM authors WHERE (id = NEW.id OR name = NEW.name OR slug = NEW.slug) AND id NOT IN (SELECT noun_id FROM changes WHERE noun = 'authors');
END;
CREATE TRIGGER outlets_note_replaced BEFORE INSERT ON outlets BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'outlets', id FROM outlets WHERE (name = NEW.name OR slug = NEW.slug) AND id NOT IN (SELECT noun_id FROM changes WHERE noun = 'outlets');
END;
CREATE TRIGGER outlets_note_replaced_update BEFORE UPDATE OF id, name, slug ON outlets BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'outlets', id FROM outlets WHERE (id = NEW.id OR name = NEW.name OR slug = NEW.slug) AND id NOT IN (SELECT noun_id FROM changes WHERE noun = 'outlets');
END;
CREATE TRIGGER topics_note_replaced BEFORE INSERT ON topics BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'topics', id FROM topics WHERE (name = NEW.name OR slug = NEW.slug) AND id NOT IN (SELECT noun_id FROM changes WHERE noun = 'topics');
END;
CREATE TRIGGER topics_note_replaced_update BEFORE UPDATE OF id, name, slug ON topics BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'topics', id FROM topics WHERE (id = NEW.id OR name = NEW.name OR slug = NEW.slug) AND id NOT IN (SELECT noun_id FROM changes WHERE noun = 'topics');
END;
CREATE TRIGGER programs_note_replaced BEFORE INSERT ON programs BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'programs', id FROM programs WHERE (name = NEW.name OR slug = NEW.slug) AND id NOT IN (SELECT noun_id FROM changes WHERE noun = 'programs');
END;
CREATE TRIGGER programs_note_replaced_update BEFORE UPDATE OF id, name, slug ON programs BEGIN
  INSERT INTO changes (noun, noun_id) SELECT 'programs', id FROM programs WHERE (id = NEW.id OR name = NEW.name OR slug = NEW.slug) AND id NOT IN (SELECT noun_id FROM changes WHERE noun = 'programs');
END;
CREATE TRIGGER links_note_replaced BEFORE INSERT ON links BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id IN (SELECT id FROM links WHERE key = NEW.key) AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
CREATE TRIGGER links_note_replaced_update BEFORE UPDATE OF id, key ON links BEGIN
  INSERT INTO changes (noun, noun_id) SELECT DISTINCT 'pieces', piece_id FROM placements WHERE link_id IN (OLD.id, NEW.id, (SELECT id FROM links WHERE key = NEW.key)) AND piece_id NOT IN (SELECT noun_id FROM changes WHERE noun = 'pieces');
END;
