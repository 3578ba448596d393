CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL,
  status TEXT NOT NULL,
  error TEXT,
  deterministic INTEGER NOT NULL DEFAULT 0,
  started INTEGER NOT NULL,
  ended INTEGER,
  updates INTEGER,
  train_rows INTEGER NOT NULL DEFAULT 0,
  test_rows INTEGER NOT NULL DEFAULT 0,
  superseded INTEGER NOT NULL DEFAULT 0
);
INSERT INTO attempt VALUES(1,'a8ad48cf50d116a27c01255511ef38ef497a4a6ecd6ee687cdadfe47586fb7a2','FINISHED',NULL,0,1772359200001,1772359200004,10,4,0,0);
INSERT INTO attempt VALUES(2,'85fcd05e3423b3c9baf2df9b4237f8f32825f9d29447c58837c3546f7348c61a','FAILED','failed after 0 updates: a mistake',0,1772359200005,1772359200007,0,4,0,0);
INSERT INTO attempt VALUES(3,'5dcb70d9793bcb9ac91b7bef1c3b28e62fb8533a265208626198202c0581acd0','KILLED',NULL,0,1772359200008,1772359200010,0,4,0,0);
CREATE TABLE param (
  attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (attempt, position)
) WITHOUT ROWID;
INSERT INTO param VALUES(1,0,'trainer.plugin','descent');
INSERT INTO param VALUES(1,1,'trainer.learning_rate','0.5');
INSERT INTO param VALUES(1,2,'trainer.options','Options[activation=SIGMOID, learningRate=0.5, updates=10, bias=true, random=true]');
INSERT INTO param VALUES(1,3,'seed','7');
INSERT INTO param VALUES(2,0,'trainer.plugin','descent');
INSERT INTO param VALUES(2,1,'trainer.learning_rate','0.5');
INSERT INTO param VALUES(2,2,'trainer.options','Options[activation=SIGMOID, learningRate=0.5, updates=10, bias=true, random=true]');
INSERT INTO param VALUES(2,3,'seed','8');
INSERT INTO param VALUES(3,0,'trainer.plugin','descent');
INSERT INTO param VALUES(3,1,'trainer.learning_rate','0.5');
INSERT INTO param VALUES(3,2,'trainer.options','Options[activation=SIGMOID, learningRate=0.5, updates=10, bias=true, random=true]');
INSERT INTO param VALUES(3,3,'seed','9');
CREATE TABLE parameter (
  attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  value,
  PRIMARY KEY (attempt, position)
) WITHOUT ROWID;
INSERT INTO parameter VALUES(1,0,'x1',0.75);
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
INSERT INTO series VALUES(1,'train/mse');
INSERT INTO series VALUES(2,'weights/x1');
CREATE TABLE point (
  id INTEGER PRIMARY KEY,
  attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
  series INTEGER NOT NULL REFERENCES series,
  step INTEGER NOT NULL,
  value NOT NULL,
  time INTEGER NOT NULL
);
INSERT INTO point VALUES(1,1,1,0,0.25,1772359200002);
INSERT INTO point VALUES(2,1,2,0,0.5,1772359200002);
INSERT INTO point VALUES(3,1,1,10,0.125,1772359200003);
INSERT INTO point VALUES(4,1,2,10,0.75,1772359200003);
INSERT INTO point VALUES(5,2,1,0,0.5,1772359200006);
INSERT INTO point VALUES(6,3,1,0,0.75,1772359200009);
CREATE TABLE comparison (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  experiment TEXT NOT NULL,
  tracked INTEGER NOT NULL,
  created INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  ended INTEGER,
  note TEXT NOT NULL DEFAULT ''
);
INSERT INTO comparison VALUES('70da195b6cd070f26333669181b8caf9ed9b3e55f8c44440baef97e4fdde703a','old','old',1,1772359200000,1772359200000,NULL,'');
CREATE TABLE variant (
  comparison TEXT NOT NULL REFERENCES comparison ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (comparison, position)
) WITHOUT ROWID;
INSERT INTO variant VALUES('70da195b6cd070f26333669181b8caf9ed9b3e55f8c44440baef97e4fdde703a',0,'bias');
CREATE TABLE member (
  comparison TEXT NOT NULL REFERENCES comparison ON DELETE CASCADE,
  key TEXT NOT NULL,
  variant TEXT NOT NULL,
  cell TEXT NOT NULL,
  seed INTEGER NOT NULL,
  seed_position INTEGER NOT NULL,
  predictions TEXT,
  PRIMARY KEY (comparison, key)
) WITHOUT ROWID;
INSERT INTO member VALUES('70da195b6cd070f26333669181b8caf9ed9b3e55f8c44440baef97e4fdde703a','5dcb70d9793bcb9ac91b7bef1c3b28e62fb8533a265208626198202c0581acd0','bias','bias',9,2,NULL);
INSERT INTO member VALUES('70da195b6cd070f26333669181b8caf9ed9b3e55f8c44440baef97e4fdde703a','85fcd05e3423b3c9baf2df9b4237f8f32825f9d29447c58837c3546f7348c61a','bias','bias',8,1,NULL);
INSERT INTO member VALUES('70da195b6cd070f26333669181b8caf9ed9b3e55f8c44440baef97e4fdde703a','a8ad48cf50d116a27c01255511ef38ef497a4a6ecd6ee687cdadfe47586fb7a2','bias','bias',7,0,NULL);
CREATE TABLE file (
  comparison TEXT NOT NULL REFERENCES comparison ON DELETE CASCADE,
  path TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (comparison, path)
);
CREATE TABLE delivery (
  destination TEXT NOT NULL,
  experiment TEXT NOT NULL,
  comparison TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  mlflow_run TEXT NOT NULL,
  points_through INTEGER NOT NULL,
  digest TEXT NOT NULL,
  complete INTEGER NOT NULL,
  PRIMARY KEY (destination, experiment, comparison, attempt)
) WITHOUT ROWID;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('attempt',3);
CREATE UNIQUE INDEX attempt_current ON attempt (key) WHERE superseded = 0;
CREATE UNIQUE INDEX point_once ON point (attempt, series, step);
CREATE INDEX point_in_order ON point (attempt, id);
CREATE INDEX delivery_of ON delivery (attempt);
