/**
 * Every error a user can meet: docs/errors.md is made from this, a retired code keeps its row.
 * `exit`: the CLI's exit code (1 the job failed, 2 wrong use). `retry`: whether trying the same again
 * can help; a workflow does not retry the others.
 */
export type ErrorRow = {
  readonly exit: 1 | 2;
  readonly retry: boolean;
  /** What happened, as a sentence that quotes nothing it was given. */
  readonly says: string;
  /** What to do about it. */
  readonly doThis: string;
  readonly retired?: true;
};

const catalogue = <Code extends string>(rows: Record<Code, ErrorRow>): Readonly<Record<Code, ErrorRow>> => rows;

export const errors = catalogue({
  ASSAY_CONFIG_INVALID: {
    exit: 2, retry: false,
    says: 'The configuration is wrong.',
    doThis: 'Run `assay config check`: it names the first thing wrong and where.',
  },
  ASSAY_CONFIG_ABSENT: {
    exit: 2, retry: false,
    says: 'The configuration file that was named is not there.',
    doThis: 'Check --config or ASSAY_CONFIG; without either, assay.config.json in the current folder is read if it is there.',
  },
  ASSAY_DATABASE_UNREACHABLE: {
    exit: 1, retry: true,
    says: 'PostgreSQL does not answer, or lets us not in.',
    doThis: 'Check DATABASE_URL and that the server is up, then try again.',
  },
  ASSAY_DISK_FULL: {
    exit: 1, retry: true,
    says: 'There is no room left on the disk that holds the data.',
    doThis: 'Make room where PostgreSQL keeps its data (ASSAY_HOME, where it was started here); what was going on goes on by itself for some minutes, afterwards with the next run.',
  },
  ASSAY_DATABASE_UNSUITABLE: {
    exit: 1, retry: false,
    says: 'PostgreSQL lets us in, but the server, the database or the role cannot do what is needed.',
    doThis: 'Change what the detail names: PostgreSQL 15 or newer that takes writes, a UTF8 database, a role that may create tables in its schema and owns those that are there.',
  },
  ASSAY_DATABASE_NEWER: {
    exit: 1, retry: false,
    says: 'The database was migrated by a newer version of this program.',
    doThis: 'Upgrade this program, or restore the database from before the upgrade.',
  },
  ASSAY_TEMPORAL_ABSENT: {
    exit: 1, retry: false,
    says: 'There is no Temporal server here and none could be fetched.',
    doThis: 'Set TEMPORAL_ADDRESS to a server, or put the `temporal` program on PATH (https://docs.temporal.io/cli), or install Go so that it can be built.',
  },
  ASSAY_TEMPORAL_UNREACHABLE: {
    exit: 1, retry: true,
    says: 'Temporal does not answer.',
    doThis: 'Check TEMPORAL_ADDRESS and that the server is up; for the one we start, see .assay/temporal.log.',
  },
  ASSAY_TEMPORAL_NAMESPACE: {
    exit: 1, retry: false,
    says: 'Temporal has no such namespace.',
    doThis: 'Make it (`temporal operator namespace create NAME`), or correct TEMPORAL_NAMESPACE.',
  },
  ASSAY_SOURCE_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No source has this name.',
    doThis: 'Run `assay sources` to see the names, or add the source to assay.config.json.',
  },
  ASSAY_SOURCE_TOKEN_REFUSED: {
    exit: 1, retry: false,
    says: 'The EHR refused our client credentials.',
    doThis: 'Register the public key shown by `assay sources show NAME` with the EHR, then run again.',
  },
  ASSAY_SOURCE_SETTINGS_INVALID: {
    exit: 2, retry: false,
    says: 'The source’s settings do not fit its kind.',
    doThis: 'Compare the source in assay.config.json with docs/operations.md; `assay config check` names the first thing wrong.',
  },
  ASSAY_SOURCE_SECRET_ABSENT: {
    exit: 2, retry: false,
    says: 'A secret that the source’s settings name is not there.',
    doThis: 'Set the environment variable, or put the key file in place, on every machine that runs a worker, and start the worker again: one that runs does not see a new variable.',
  },
  ASSAY_SOURCE_KEY_UNUSABLE: {
    exit: 2, retry: false,
    says: 'The source’s private key can sign neither RS384 nor ES384.',
    doThis: 'Give an RSA key of at least 2048 bits or an EC key on P-384, as PKCS #8 PEM or as a JWK.',
  },
  ASSAY_SOURCE_TOKEN_HOST: {
    exit: 1, retry: false,
    says: 'The EHR wants its access token at another host than its own, and this host was not given it.',
    doThis: 'If that host is the EHR’s, name it in the source’s settings under `auth.tokenHosts`, then run again.',
  },
  ASSAY_SOURCE_TOKEN_ENDPOINT_UNKNOWN: {
    exit: 1, retry: false,
    says: 'The EHR does not say where access tokens are given out.',
    doThis: 'Put the token endpoint into the source’s settings as `auth.tokenUrl`.',
  },
  ASSAY_SOURCE_UNREACHABLE: {
    exit: 1, retry: true,
    says: 'The EHR does not answer, or broke the connection.',
    doThis: 'Check the source’s address and the network; the run goes on by itself where it stood.',
  },
  ASSAY_SOURCE_SERVER_ERROR: {
    exit: 1, retry: true,
    says: 'The EHR answered with an error of its own.',
    doThis: 'It is tried again; if it stays so, tell the EHR’s vendor the time and the HTTP status.',
  },
  ASSAY_REQUEST_NOT_TAKEN: {
    exit: 1, retry: true,
    says: 'The EHR did not take a request to the people there (a FHIR Task).',
    doThis: 'It is sent again, less and less often. See that the address under the source’s `requests.url` answers with 2xx, and that the variable it names as `secretEnv` is set for the worker.',
  },
  ASSAY_SOURCE_BUSY: {
    exit: 1, retry: true,
    says: 'The EHR asked us to wait.',
    doThis: 'It is tried again after the time the EHR named; lower the source’s concurrency if it happens often.',
  },
  ASSAY_SOURCE_FORBIDDEN: {
    exit: 1, retry: false,
    says: 'The EHR does not let our client read this.',
    doThis: 'Ask the EHR’s administrator for the scope, or leave the type out of the source’s `types`.',
  },
  ASSAY_SOURCE_KICKOFF_REFUSED: {
    exit: 1, retry: false,
    says: 'The EHR refused to begin the export.',
    doThis: 'Compare the source’s level, group, types, typeFilter and kickOffBy with what the EHR’s bulk documentation allows.',
  },
  ASSAY_SOURCE_EXPORT_BUSY: {
    exit: 1, retry: false,
    says: 'The EHR has an export of this client going and begins no other.',
    doThis: 'Free it: a run of ours that still stands is ended by `assay runs` and cancelling it; a job whose address was lost must be DELETEd at its status URL by the EHR’s administrator, or runs out by itself. Then run again.',
  },
  ASSAY_SOURCE_EXPORT_FAILED: {
    exit: 1, retry: false,
    says: 'The EHR’s export failed.',
    doThis: 'Run again; if it fails again, tell the EHR’s vendor the time of the kick-off.',
  },
  ASSAY_SOURCE_EXPORT_GONE: {
    exit: 1, retry: false,
    says: 'The EHR no longer knows the export.',
    doThis: 'It was deleted or ran out, and so did those that the run asked for in its place: run again.',
  },
  ASSAY_SOURCE_EXPORT_PARTIAL: {
    exit: 1, retry: false,
    says: 'The EHR reports resources that it could not export.',
    doThis: 'What came was kept, and the type is asked for again from the same point next time; tell the EHR’s vendor, or leave the type out.',
  },
  ASSAY_SOURCE_MANIFEST_INVALID: {
    exit: 1, retry: false,
    says: 'The export’s manifest is not one.',
    doThis: 'Tell the EHR’s vendor; the Bulk Data specification says what a manifest has.',
  },
  ASSAY_SOURCE_FILE_EXPIRED: {
    exit: 1, retry: false,
    says: 'A file of the export is no longer there.',
    doThis: 'Run again, and sooner after the export is ready: EHRs keep files for a limited time.',
  },
  ASSAY_SOURCE_FILE_REFUSED: {
    exit: 1, retry: false,
    says: 'The EHR refused to give out a file of the export.',
    doThis: 'Run again; if it stays so, tell the EHR’s vendor the HTTP status.',
  },
  ASSAY_SOURCE_REFERENCES_FAILED: {
    exit: 1, retry: false,
    says: 'The EHR kept failing at some of the records that others refer to.',
    doThis: 'Nothing is lost: the next run asks for them again, and what could not be checked without them is marked so. If it stays so, tell the EHR’s vendor.',
  },
  ASSAY_SOURCE_NOT_NDJSON: {
    exit: 1, retry: false,
    says: 'Where NDJSON was promised, something else came.',
    doThis: 'A proxy’s page or an OperationOutcome was given out as a file: run again, then ask whoever runs the EHR’s file host.',
  },
  ASSAY_SOURCE_TRUNCATED: {
    exit: 1, retry: false,
    says: 'A file ends before it is complete.',
    doThis: 'What came was kept, and the type is asked for again from the same point next time; run again.',
  },
  ASSAY_SOURCE_LINE_TOO_LONG: {
    exit: 1, retry: false,
    says: 'A line is longer than this program takes.',
    doThis: 'Raise `maxLineBytes` in the source’s settings if the resource is meant to be that large.',
  },
  ASSAY_SOURCE_SEARCH_REFUSED: {
    exit: 1, retry: false,
    says: 'The EHR refused a search of this type.',
    doThis: 'Give the parameters that the EHR asks for in the source’s `queries`, or leave the type out.',
  },
  ASSAY_SOURCE_PAGE_EXPIRED: {
    exit: 1, retry: false,
    says: 'The links to the next page of a search keep running out.',
    doThis: 'Give a larger `pageSize`, or split the search by `queries`; what came was kept.',
  },
  ASSAY_SOURCE_PAGE_INVALID: {
    exit: 1, retry: false,
    says: 'Where a Bundle was asked for, something else came.',
    doThis: 'Check that the source’s address is the FHIR base; else tell the EHR’s vendor.',
  },
  ASSAY_SOURCE_OTHER_VERSION: {
    exit: 1, retry: false,
    says: 'The EHR speaks another version of FHIR than R4.',
    doThis: 'Give the source’s address as the FHIR base for R4 (4.0.1): many servers have one beside those of other versions.',
  },
  ASSAY_SOURCE_CAPABILITY_INVALID: {
    exit: 1, retry: false,
    says: 'The EHR gives no CapabilityStatement.',
    doThis: 'Check that the source’s address is the FHIR base: `metadata` under it must answer.',
  },
  ASSAY_SOURCE_SNAPSHOT_SMALL: {
    exit: 1, retry: false,
    says: 'A full snapshot misses more of the known resources than can have been deleted.',
    doThis: 'Nothing was taken back. See which types fell short in the run’s detail; if the deletions are real, raise `snapshotTolerance` for one run, else find out why the export is incomplete.',
  },
  ASSAY_SOURCE_FOLDER_UNREADABLE: {
    exit: 2, retry: false,
    says: 'The source’s folder or a file in it cannot be read.',
    doThis: 'Check the path and that the worker may read it.',
  },
  ASSAY_LINE_NOT_JSON: {
    exit: 1, retry: false,
    says: 'A line is not JSON.',
    doThis: 'The bytes are kept in quarantine with file and line; ask the EHR’s interface team why it sent them.',
  },
  ASSAY_LINE_NOT_RESOURCE: {
    exit: 1, retry: false,
    says: 'A line is JSON but no FHIR resource with a known type and an id.',
    doThis: 'The bytes are kept in quarantine with file and line; ask the EHR’s interface team why it sent them.',
  },
  ASSAY_LINE_WRONG_TYPE: {
    exit: 1, retry: false,
    says: 'A file that was announced for one resource type holds another.',
    doThis: 'The bytes are kept in quarantine with file and line; the manifest of the export is wrong: tell the EHR’s vendor.',
  },
  ASSAY_LINE_NOT_UTF8: {
    exit: 1, retry: false,
    says: 'A line is not valid UTF-8.',
    doThis: 'The bytes are kept in quarantine with file and line; ask the EHR’s interface team for UTF-8.',
  },
  ASSAY_PARTITION_UNKNOWN: {
    exit: 1, retry: false,
    says: 'No partition of a run has this id.',
    doThis: 'The run was made by another database; start a new run.',
  },
  ASSAY_FEED_NAME_INVALID: {
    exit: 2, retry: false,
    says: 'A feed’s name is not made of lower-case letters, digits and hyphens, 1 to 60 of them.',
    doThis: 'Rename the feed in assay.config.json: its name becomes part of addresses and of Kafka topics.',
  },
  ASSAY_FEED_CHANGED: {
    exit: 2, retry: false,
    says: 'A feed that exists was configured with another purpose, other types or other sources.',
    doThis: 'Give the new selection a new name: consumers of the old one rely on what it holds.',
  },
  ASSAY_FEED_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No feed has this name.',
    doThis: '`GET /feeds` lists those of a token; assay.config.json and the console’s page of feeds have them all.',
  },
  ASSAY_FEED_TYPE_UNKNOWN: {
    exit: 2, retry: false,
    says: 'The feed carries no such resource type.',
    doThis: 'The feed’s contract, at /feeds/{feed}/contract, names the types that it carries where it does not carry all.',
  },
  ASSAY_FEED_FORBIDDEN: {
    exit: 2, retry: false,
    says: 'This token is not for this feed.',
    doThis: 'Read a feed that GET /feeds lists for the token, or ask the operator for a token for this one.',
  },
  ASSAY_FEED_TOKEN_REFUSED: {
    exit: 2, retry: false,
    says: 'The request has no bearer token, or one that is unknown or revoked.',
    doThis: 'Send `Authorization: Bearer TOKEN` with the token that was shown when the consumer was made.',
  },
  ASSAY_FEED_QUERY_INVALID: {
    exit: 2, retry: false,
    says: 'A parameter of the request is not as the API describes it.',
    doThis: '`after` is the last sequence number you have (0 for the beginning), `limit` a count from 1 to 100000.',
  },
  ASSAY_CONSUMER_EXISTS: {
    exit: 2, retry: false,
    says: 'A consumer of this name exists.',
    doThis: 'Take another name, or renew the token of the one that exists.',
  },
  ASSAY_CONSUMER_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No consumer has this name.',
    doThis: 'List the consumers to see their names.',
  },
  ASSAY_CONSUMER_PURPOSES: {
    exit: 2, retry: false,
    says: 'A consumer was given feeds of more than one purpose.',
    doThis: 'Make one consumer a purpose: a token states what its reader may use the data for.',
  },
  ASSAY_KAFKA_UNREACHABLE: {
    exit: 1, retry: true,
    says: 'Kafka does not answer, or refused what was written.',
    doThis: 'Check KAFKA_BROKERS and that the brokers are up; publishing goes on where it stopped.',
  },
  ASSAY_KAFKA_AHEAD: {
    exit: 1, retry: false,
    says: 'Kafka holds more of the feed than the database.',
    doThis: 'The database was restored from a backup: restore the latest, or publish under another KAFKA_PREFIX.',
  },
  ASSAY_API_UNGUARDED: {
    exit: 2, retry: false,
    says: 'The API would be reachable from other machines without anybody signing in.',
    doThis: 'Bind it to 127.0.0.1, configure sign-in, or state in the configuration that something in front of it guards it.',
  },
  ASSAY_REQUEST_INVALID: {
    exit: 2, retry: false,
    says: 'The request does not fit what this address takes.',
    doThis: 'Compare it with the API’s description at /docs.',
  },
  ASSAY_REQUEST_CROSS_SITE: {
    exit: 2, retry: false,
    says: 'Another site’s page asked the browser to do this.',
    doThis: 'Do it from the console’s own page.',
  },
  ASSAY_REQUEST_HOST: {
    exit: 2, retry: false,
    says: 'The API is not known under this host name.',
    doThis: 'Use the address that `assay status` shows, or add the name to the API’s hosts in the configuration.',
  },
  ASSAY_NOT_FOUND: {
    exit: 2, retry: false,
    says: 'There is nothing at this address.',
    doThis: 'See /docs for the addresses there are.',
  },
  ASSAY_RUN_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No run has this number.',
    doThis: 'Run `assay runs`, or open Runs in the console, to see them.',
  },
  ASSAY_RUN_GOING: {
    exit: 1, retry: false,
    says: 'A run of this source is going on already.',
    doThis: 'Follow it with `assay runs`; when it has ended, run again. `assay runs cancel NAME` ends it.',
  },
  ASSAY_CASE_ASSIGNEE: {
    exit: 2, retry: false,
    says: 'This person does not decide cases of this team or of this facility.',
    doThis: 'Give it to somebody of the team whose case it is, or to a governor.',
  },
  ASSAY_CASE_CLOSED: {
    exit: 2, retry: false,
    says: 'The case is closed.',
    doThis: 'Reopen it, or reverse its decision, if it was decided wrongly.',
  },
  ASSAY_CASE_OPEN: {
    exit: 2, retry: false,
    says: 'The case is open already.',
    doThis: 'Decide it.',
  },
  ASSAY_CASE_DECIDED: {
    exit: 2, retry: false,
    says: 'Somebody has decided this case already.',
    doThis: 'Read the case again; who decided it may still undo it within the undo window.',
  },
  ASSAY_CASE_SECOND_PERSON: {
    exit: 2, retry: false,
    says: 'This view must come from another person.',
    doThis: 'Leave the case to a colleague with the role; where two views differ, to a governor who gave none of them.',
  },
  ASSAY_CASE_PURPOSES: {
    exit: 2, retry: false,
    says: 'The decision names a purpose that does not wait for this case.',
    doThis: 'Read the case again and choose among the purposes that wait.',
  },
  ASSAY_CASE_EXPIRY: {
    exit: 2, retry: false,
    says: 'A release by a person needs an end, in the future and within what the policy allows.',
    doThis: 'Choose an earlier day; what still holds by then is asked again.',
  },
  ASSAY_CASE_SIGNATURE: {
    exit: 2, retry: false,
    says: 'This decision must be signed.',
    doThis: 'Open a signing session by signing in once more, then sign.',
  },
  ASSAY_CASE_UNDO_OVER: {
    exit: 2, retry: false,
    says: 'There is nothing that this person may still undo: the decision has taken effect, or is another person’s.',
    doThis: 'Reverse the decision, signed; what it released is then taken back.',
  },
  ASSAY_CASE_NOT_REVERSIBLE: {
    exit: 2, retry: false,
    says: 'The case has no decision in effect of this kind to take back.',
    doThis: 'Read the case again. A decision that released is reversed; one that released nothing is reopened.',
  },
  ASSAY_CASE_TASK: {
    exit: 2, retry: false,
    says: 'The case waits for no such answer.',
    doThis: 'Read the case again; the answer may have come already.',
  },
  ASSAY_CASE_EXTENDED: {
    exit: 2, retry: false,
    says: 'The term of this case was extended once already.',
    doThis: 'Decide it within the term; the rule allows one extension.',
  },
  ASSAY_CASE_HAS_RECORDS: {
    exit: 2, retry: false,
    says: 'Records wait in this case.',
    doThis: 'Decide what becomes of them; only a case without records is closed by an answer alone.',
  },
  ASSAY_CASE_MEMBERS: {
    exit: 2, retry: false,
    says: 'These records cannot be moved between the cases.',
    doThis: 'Choose records that wait in the case, fewer than all of them; merge only open cases of one source and kind.',
  },
  ASSAY_CASE_ROLE: {
    exit: 2, retry: false,
    says: 'This case belongs to a team whose role this person does not have.',
    doThis: 'Assign it to somebody of that team, or escalate it to a governor.',
  },
  ASSAY_CASE_COMMAND_REUSED: {
    exit: 2, retry: false,
    says: 'The id of this act was used for another act.',
    doThis: 'Send each new act under a new random id.',
  },
  ASSAY_REQUEST_TOKEN: {
    exit: 2, retry: false,
    says: 'The token does not open the requests of any source.',
    doThis: 'Send `Authorization: Bearer TOKEN` with the value of the variable that the source’s settings name as `requests.tokenEnv`, 16 characters or more.',
  },
  ASSAY_SIGN_IN_NEEDED: {
    exit: 2, retry: false,
    says: 'Nobody is signed in.',
    doThis: 'Sign in. Where sign-in is not set up, name the identity provider in OIDC_ISSUER; reading works without.',
  },
  ASSAY_SIGN_IN_REFUSED: {
    exit: 2, retry: false,
    says: 'The sign-in did not complete.',
    doThis: 'Begin it again from the console; if it fails again, ask who runs the identity provider.',
  },
  ASSAY_SIGN_IN_NO_ROLE: {
    exit: 2, retry: false,
    says: 'The identity provider gives this person no role here.',
    doThis: 'Ask who runs the identity provider to add one of the roles of docs/stewards.md.',
  },
  ASSAY_FORBIDDEN: {
    exit: 2, retry: false,
    says: 'This person’s roles do not allow it.',
    doThis: 'Ask somebody who has the role, or a governor.',
  },
  ASSAY_FORBIDDEN_FACILITY: {
    exit: 2, retry: false,
    says: 'This source is not one of the person’s facilities.',
    doThis: 'Ask somebody of that facility; in an emergency break the glass, with a reason.',
  },
  ASSAY_REQUEST_UNPROVEN: {
    exit: 2, retry: false,
    says: 'The request does not prove that it comes from the console’s own page.',
    doThis: 'Load the page again and repeat it.',
  },
  ASSAY_TOO_MANY: {
    exit: 1, retry: true,
    says: 'Too many requests in a short time.',
    doThis: 'Wait a minute.',
  },
  ASSAY_SIGNATURE_REFUSED: {
    exit: 2, retry: false,
    says: 'The signature does not hold.',
    doThis: 'Sign in once more for signing; after five wrong touches in a row that is needed in any case.',
  },
  ASSAY_PERSON_UNKNOWN: {
    exit: 2, retry: false,
    says: 'Nobody with this name has signed in here.',
    doThis: 'Choose one of the people in the list; a new colleague signs in once first.',
  },
  ASSAY_DELEGATION_REFUSED: {
    exit: 2, retry: false,
    says: 'These days cannot be given to this person.',
    doThis: 'Choose another person or other days: never oneself, one delegate at a time, and never somebody who is away himself.',
  },
  ASSAY_RECORD_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No stored record has this number.',
    doThis: 'Read the case again.',
  },
  ASSAY_BULK_REFUSED: {
    exit: 2, retry: false,
    says: 'These cases cannot be decided together.',
    doThis: 'Leave out cases of identity, of priority 1 and of AI; read the preview again.',
  },
  ASSAY_BULK_UNOPENED: {
    exit: 2, retry: false,
    says: 'Some of the records that were chosen at random have not been opened.',
    doThis: 'Open each record that the preview names, then decide.',
  },
  ASSAY_SAMPLE_DRAWN: {
    exit: 2, retry: false,
    says: 'These days have their sample already.',
    doThis: 'Review that one, or choose other days: a second draw would choose what to find.',
  },
  ASSAY_IDENTITY_SANDBOX_ELSEWHERE: {
    exit: 2, retry: false,
    says: 'The sandbox identity provider serves this machine only.',
    doThis: 'Name a real one in OIDC_ISSUER to listen on another address.',
  },
  ASSAY_EXCEPTION_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No case has this number.',
    doThis: 'Open the work queue to see the cases there are.',
  },
  ASSAY_LEDGER_ROLLED_BACK: {
    exit: 1, retry: false,
    says: 'The database holds less of the ledger than an anchor remembers: it was restored from a backup, or cut back.',
    doThis: 'If a backup was restored, restore the latest, or say what is lost with `assay audit restored`. If not, find out who changed the database.',
  },
  ASSAY_LEDGER_FORKED: {
    exit: 1, retry: false,
    says: 'The ledger in the database is not the one that an anchor remembers.',
    doThis: 'Keep the database as it is and run `assay audit verify`: it names what was changed. Nothing is signed until this is settled.',
  },
  ASSAY_LEDGER_EMPTY: {
    exit: 1, retry: true,
    says: 'The ledger has no checkpoint yet.',
    doThis: 'A worker signs one within a minute of the first event: try again then, or run `assay audit checkpoint`.',
  },
  ASSAY_LEDGER_NO_CHAIN: {
    exit: 2, retry: false,
    says: 'No event up to the newest checkpoint is about this patient, consumer or viewer.',
    doThis: 'Check the source and the id; what happened in the last minute is in the next checkpoint. After a destruction nothing leads to the patient any more.',
  },
  ASSAY_LEDGER_KEY: {
    exit: 2, retry: false,
    says: 'This worker’s signing key is not the ledger’s.',
    doThis: 'Give every worker the same key file (`ledger.keyFile`); to change the key run `assay audit rotate-key` where the old one is.',
  },
  ASSAY_LEDGER_WITNESS: {
    exit: 1, retry: true,
    says: 'A witness of the ledger does not answer, or did not sign a checkpoint.',
    doThis: 'Check its address and its key in the configuration; the checkpoint is sent again with the next one.',
  },
  ASSAY_LEDGER_TOPIC: {
    exit: 1, retry: true,
    says: 'The Kafka topic that remembers the ledger’s checkpoints could not be read.',
    doThis: 'Look whether the broker is up and this account may read the topic, or name another anchor with --anchor FILE.',
  },
  ASSAY_LEDGER_NOT_ROLLED_BACK: {
    exit: 2, retry: false,
    says: 'No anchor remembers more of the ledger than the database holds: nothing was lost.',
    doThis: 'Do nothing: the ledger goes on by itself.',
  },
  ASSAY_DESTRUCTION_HELD: {
    exit: 1, retry: false,
    says: 'A legal hold is on this patient’s record: nothing of it may be destroyed.',
    doThis: 'Ask whoever placed the hold; when it is lifted, destroy again.',
  },
  ASSAY_PATIENT_UNKNOWN: {
    exit: 2, retry: false,
    says: 'Nothing of this patient ever landed from this source, or it was destroyed.',
    doThis: 'Check the source’s name and the patient’s id at the source.',
  },
  ASSAY_RETRACTION_MOVED: {
    exit: 1, retry: false,
    says: 'Other records would be taken back by now than the preview named.',
    doThis: 'Look at the preview again, then decide.',
  },
  ASSAY_HOLD_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No legal hold is on this patient’s record.',
    doThis: 'See those that are: `assay audit holds`.',
  },
  ASSAY_SCHEDULE_UNKNOWN: {
    exit: 2, retry: false,
    says: 'There is no retention schedule of this name.',
    doThis: 'Set it first: `assay retention set NAME --years N --because TEXT`, or on the page Audit under Keep and destroy.',
  },
  ASSAY_RETENTION_NOT_OVER: {
    exit: 1, retry: false,
    says: 'The retention schedule’s time is not over: the newest record of this patient is younger.',
    doThis: 'Wait until it is over, or name the schedule that these records fall under.',
  },
  ASSAY_SUSPENSION_TIME: {
    exit: 2, retry: false,
    says: 'A suspension of the accounting ends in the future, and one that was asked for by word of mouth after 30 days at most.',
    doThis: 'Give the end that the agency’s statement names; with a written statement it may be later (45 CFR 164.528(a)(2)).',
  },
  ASSAY_AMENDMENT_STEP: {
    exit: 2, retry: false,
    says: 'This step does not follow from where the amendment stands.',
    doThis: 'A request is accepted or denied; a denial may be followed by a statement of disagreement, and that by a rebuttal.',
  },
  ASSAY_NOTICE_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No notice of this number waits for this consumer.',
    doThis: 'Ask for those that wait: GET /notices.',
  },
  ASSAY_QUESTION_UNKNOWN: {
    exit: 2, retry: false,
    says: 'There is no such question.',
    doThis: 'See the list: `assay audit --help`, or GET /api/audit/questions.',
  },
  ASSAY_QUESTION_PARAMETER: {
    exit: 2, retry: false,
    says: 'The question lacks something it needs, or something given does not fit.',
    doThis: 'Give what the question asks for: numbers as digits, times as 2026-11-26 or 2026-11-26T10:00:00Z.',
  },
  ASSAY_ARCHIVE_UNREADABLE: {
    exit: 1, retry: false,
    says: 'The file is no exported log, no governance export and no proof.',
    doThis: 'Give the folder that `assay audit tiles` wrote, or the file that `assay audit export` or `assay audit proof` wrote.',
  },
  ASSAY_INTERNAL: {
    exit: 1, retry: true,
    says: 'Something in this program went wrong.',
    doThis: 'Try again; if it happens again, look in the log at this time and report it.',
  },
  ASSAY_PORT_TAKEN: {
    exit: 1, retry: false,
    says: 'Another program listens on the port already.',
    doThis: 'Set another in ASSAY_API_PORT (the API) or ASSAY_METRICS_PORT (a worker), or stop the other program.',
  },
  ASSAY_ALREADY_RUNNING: {
    exit: 1, retry: false,
    says: 'The product is running on this data folder already.',
    doThis: '`assay status` shows where; stop it with Ctrl-C where it was started, or set ASSAY_HOME for a second one.',
  },
  ASSAY_ROLE_NOT_STARTED: {
    exit: 1, retry: true,
    says: 'A part of the product did not start.',
    doThis: 'Read the end of its log, shown here and kept in the data folder; mend what it names and start again.',
  },
  ASSAY_RUN_NONE: {
    exit: 1, retry: false,
    says: 'No run of this source goes now.',
    doThis: '`assay runs` shows the runs that were.',
  },
  ASSAY_ARGUMENT_INVALID: {
    exit: 2, retry: false,
    says: 'An argument is not what the command takes.',
    doThis: 'Run the command with --help to see what it takes.',
  },
  ASSAY_POLICY_INVALID: {
    exit: 2, retry: false,
    says: 'The policy cannot be read, or does not fit its schema.',
    doThis: 'Compare the file with fhir-profiles/policy/schema.json, or begin with what `assay policy show` prints; the place that does not fit is shown.',
  },
  ASSAY_PROPOSAL_UNKNOWN: {
    exit: 2, retry: false,
    says: 'There is no such proposal.',
    doThis: 'See the ids with `assay policy proposals`.',
  },
  ASSAY_PROPOSAL_CLOSED: {
    exit: 1, retry: false,
    says: 'The proposal is settled already, or another policy came into force since it was made.',
    doThis: 'See `assay policy proposals`; what still holds is proposed again after the next run.',
  },
  ASSAY_PROPOSAL_SECOND_PERSON: {
    exit: 1, retry: false,
    says: 'Who proposed a change of the policy cannot put it in force.',
    doThis: 'Ask a second person.',
  },
  ASSAY_PAIR_UNKNOWN: {
    exit: 2, retry: false,
    says: 'These two patients are no pair that was raised.',
    doThis: 'See the pairs with `assay identity`.',
  },
  ASSAY_MODEL_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No model of that id is on the registry.',
    doThis: 'See the ids with `assay models`.',
  },
  ASSAY_MODEL_REGISTRY_INVALID: {
    exit: 2, retry: false,
    says: 'The registry of AI models cannot be read, or does not fit its schema.',
    doThis: 'Compare the file with fhir-profiles/own/model-registry.schema.json; the place that does not fit is shown.',
  },
  ASSAY_PROFILE_UNKNOWN: {
    exit: 2, retry: false,
    says: 'No package in force defines this profile or type.',
    doThis: 'Put the package that defines it in force with `assay profiles add`.',
  },
  ASSAY_PATH_UNREADABLE: {
    exit: 2, retry: false,
    says: 'A path cannot be opened.',
    doThis: 'Check that the file or folder is there and may be read, or written where it is for output.',
  },
  ASSAY_RUN_FAILED: {
    exit: 1, retry: false,
    says: 'A run stopped because one of its steps kept failing.',
    doThis: 'Open the run in Temporal’s page (`assay status` gives the address) or the worker’s log: the step that failed is named there. Then run again; what has landed is not fetched twice.',
  },
  ASSAY_RUN_ENDED_OUTSIDE: {
    exit: 1, retry: false,
    says: 'A run’s workflow was terminated in Temporal, or Temporal lost it.',
    doThis: 'Run again: what has landed is not fetched twice, and what was left unchecked or unreleased is taken up. To stop a run, `assay runs cancel NAME` leaves less to do.',
  },
  ASSAY_PACKAGE_ABSENT: {
    exit: 2, retry: false,
    says: 'A profile package is not in the package cache.',
    doThis: 'Run `assay profiles add NAME@VERSION` or `assay profiles add FILE.tgz`, then try again.',
  },
  ASSAY_PACKAGE_UNREADABLE: {
    exit: 1, retry: false,
    says: 'A profile package cannot be read: it is no FHIR package archive.',
    doThis: 'Get the .tgz again from where it is published, then run `assay profiles add FILE.tgz`.',
  },
  ASSAY_PACKAGE_REGISTRY: {
    exit: 1, retry: true,
    says: 'A profile package could not be fetched from the package registry.',
    doThis: 'Check the registry’s address in the configuration and the package’s name and version, or download the .tgz and run `assay profiles add FILE.tgz`.',
  },
  ASSAY_TERMINOLOGY_UNREACHABLE: {
    exit: 1, retry: true,
    says: 'The terminology server does not answer as one.',
    doThis: 'Check the address given as terminology server and that its /metadata can be read from here, or leave it out: what it would check is then said not to have been checked.',
  },
  ASSAY_PACKAGE_LOCK: {
    exit: 1, retry: false,
    says: 'A profile package is not the one that was locked.',
    doThis: 'If the change is meant, remove its entry from fhir-profiles/packages.lock.json and add the package again.',
  },
});

export type ErrorCode = keyof typeof errors;

/** An error of the catalogue. `detail` is for engineers: ids, counts, HTTP statuses; never patient data. */
export class AssayError extends Error {
  override readonly name = 'AssayError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? errors[code].says : `${errors[code].says} (${detail})`, options);
    this.code = code;
    this.detail = detail;
  }
}
