-- The registry of AI models: the newest row of a model is what is in force of it.
create table model_entry (
  id      bigint generated always as identity primary key,
  -- ModelEntry.id.
  model   text not null,
  -- terms/model-registry.ts, ModelEntry; null: taken off the registry.
  body    jsonb,
  -- A person, or 'file' for the seed.
  put_by  text not null,
  put_at  timestamptz not null default now()
);
create index model_entry_of on model_entry (model, id desc);
