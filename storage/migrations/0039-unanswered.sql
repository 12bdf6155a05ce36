-- What a person asked for and nobody has looked at: its API was lost before it could ask.
create index case_command_unanswered on case_command (at) where outcome is null;
