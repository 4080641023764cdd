/** What a table function may do in a person's SQL. */
export type Verdict =
  /** Harmless whatever its arguments are. */
  | 'allowed'
  /** Reads the files of its first argument, which must lie below the data source's directories. */
  | 'reads_files'
  /** Why it may not run. */
  | { readonly refused: string };

const state = { refused: 'it changes the engine for everybody' } as const;
const hidden = { refused: 'it runs SQL or names tables in a text, which cannot be checked' } as const;
const others = { refused: 'it shows what others do' } as const;
const server = { refused: 'it shows files or settings of the server' } as const;
const internal = { refused: 'it serves DuckDB’s own use' } as const;
const slow = { refused: 'it only takes time' } as const;
const deep = { refused: 'deeply nested JSON would make it crash the server' } as const;
const breaks = { refused: 'a fault of DuckDB’s makes the engine fail for everybody' } as const;
const uncounted = { refused: 'it takes memory that no limit counts' } as const;
const parses = { refused: 'it hands a text to DuckDB’s parser, which cannot be stopped' } as const;

/**
 * DuckDB v1.5.5's table functions and table macros with json, icu and parquet linked in: all of them, as a test holds. What is missing here
 * is refused.
 */
export const tableFunctions: Readonly<Record<string, Verdict>> = {
  range: 'allowed',
  generate_series: 'allowed',
  unnest: 'allowed',
  repeat: 'allowed',
  repeat_row: 'allowed',
  json_each: 'allowed',
  json_tree: 'allowed',
  test_all_types: 'allowed',
  test_vector_types: 'allowed',
  duckdb_columns: 'allowed',
  duckdb_constraints: 'allowed',
  duckdb_coordinate_systems: 'allowed',
  duckdb_indexes: 'allowed',
  duckdb_keywords: 'allowed',
  duckdb_schemas: 'allowed',
  duckdb_tables: 'allowed',
  duckdb_types: 'allowed',
  icu_calendar_names: 'allowed',
  pg_timezone_names: 'allowed',
  pragma_collations: 'allowed',
  pragma_platform: 'allowed',
  pragma_version: 'allowed',

  parquet_file_metadata: 'reads_files',
  parquet_full_metadata: 'reads_files',
  parquet_kv_metadata: 'reads_files',
  parquet_metadata: 'reads_files',
  parquet_scan: 'reads_files',
  parquet_schema: 'reads_files',
  read_blob: 'reads_files',
  read_csv: 'reads_files',
  read_csv_auto: 'reads_files',
  read_json: 'reads_files',
  read_json_auto: 'reads_files',
  read_json_objects: 'reads_files',
  read_json_objects_auto: 'reads_files',
  read_ndjson: 'reads_files',
  read_ndjson_auto: 'reads_files',
  read_ndjson_objects: 'reads_files',
  read_parquet: 'reads_files',
  read_text: 'reads_files',
  sniff_csv: 'reads_files',

  checkpoint: state,
  disable_logging: state,
  disable_peg_parser: state,
  disable_profiling: state,
  enable_logging: state,
  enable_peg_parser: state,
  enable_profiling: state,
  force_checkpoint: state,
  truncate_duckdb_logs: state,

  // histogram('/etc/x.csv', c) reads the file: both macros hand their first argument to query_table.
  histogram: hidden,
  histogram_values: hidden,
  json_execute_serialized_sql: hidden,
  query: hidden,
  query_table: hidden,
  pragma_show: hidden,
  pragma_table_info: hidden,

  duckdb_connection_count: others,
  duckdb_log_contexts: others,
  duckdb_logs: others,
  duckdb_logs_parsed: others,
  duckdb_prepared_statements: others,
  duckdb_variables: others,

  duckdb_approx_database_count: server,
  duckdb_databases: server,
  duckdb_dependencies: server,
  duckdb_extensions: server,
  duckdb_external_file_cache: server,
  duckdb_memory: server,
  duckdb_optimizers: server,
  duckdb_profiling_settings: server,
  duckdb_secret_types: server,
  duckdb_secrets: server,
  duckdb_sequences: server,
  duckdb_settings: server,
  duckdb_table_sample: server,
  duckdb_temporary_files: server,
  // Definitions of macros hold SQL and paths, as a table's view does.
  duckdb_functions: server,
  duckdb_views: server,
  // It lists what lies behind links that lead out of the directories.
  glob: server,
  pragma_database_size: server,
  pragma_metadata_info: server,
  pragma_storage_info: server,
  pragma_user_agent: server,
  // It proposes names of files.
  sql_auto_complete: server,
  which_secret: server,

  arrow_scan: internal,
  arrow_scan_dumb: internal,
  check_peg_parser: internal,
  // It names two paths.
  parquet_bloom_probe: internal,
  // It opens a whole database, and FROM 'x.duckdb' has been seen to wait for ever.
  read_duckdb: internal,
  seq_scan: internal,
  summary: internal,
};

/** Functions of values that may not run, and why; those that may are in value-functions.ts, and what is in neither is refused as well. */
export const refusedScalars: Readonly<Record<string, { readonly refused: string }>> = {
  current_setting: server,
  get_block_size: server,
  // A table's view holds the path of its file.
  pg_get_viewdef: server,

  // Counters that all connections share: they tell how much others ask.
  current_connection_id: others,
  current_query_id: others,
  current_transaction_id: others,
  txid_current: others,

  currval: state,
  nextval: state,
  write_log: state,

  pg_sleep: slow,
  sleep_ms: slow,

  // These descend natively, a stack frame a level: 40,000 to 200,000 levels, 80 KB of text, end the process. The other functions of JSON
  // were seen to take 1,000,000.
  json_contains: deep,
  json_deserialize_sql: deep,
  json_group_structure: deep,
  json_merge_patch: deep,
  json_structure: deep,
  // What they are given becomes VARIANT by itself, and that cast descends.
  variant_bytes_to_variant: deep,
  variant_extract: deep,
  variant_normalize: deep,
  variant_to_parquet_variant: deep,
  variant_typeof: deep,

  // As a filter over a compressed column of a table.
  is_histogram_other_bin: breaks,
  // With an empty list.
  reservoir_quantile: breaks,

  // 700 KB for each group where k is 1,000.
  approx_top_k: uncounted,

  json_serialize_plan: hidden,
  json_serialize_sql: parses,

  // They take the memory image of an aggregate's state.
  combine: internal,
  finalize: internal,
  constant_or_null: internal,
  create_sort_key: internal,
  icu_sort_key: internal,
  parse_duckdb_log_message: internal,
  remap_struct: internal,
  stats: internal,
  sum_no_overflow: internal,
  timetz_byte_comparable: internal,
  vector_type: internal,
};

/** Types that nothing may be cast to, in lower case. */
export const refusedTypes: Readonly<Record<string, { readonly refused: string }>> = { variant: deep };

/** Functions whose second argument is a type written as JSON, into which they descend: it must stand there as a text of few levels. */
export const structuredFunctions: ReadonlySet<string> = new Set([
  'from_json',
  'from_json_strict',
  'json_transform',
  'json_transform_strict',
]);

/** Settings that `current_setting` may tell. */
export const openSettings: ReadonlySet<string> = new Set(['timezone', 'calendar']);

/** DuckDB's own views that tell what the functions above may not; `information_schema` is named, since there names are common words. */
export const refusedViews: Readonly<Record<string, { readonly refused: string }>> = {
  duckdb_databases: server,
  duckdb_logs: others,
  duckdb_views: server,
  'information_schema.views': server,
  pg_prepared_statements: others,
  // Its column prosqlbody holds the definitions of macros.
  pg_proc: server,
  pg_settings: server,
  pg_views: server,
  pragma_database_list: server,
  sqlite_master: server,
  sqlite_schema: server,
  sqlite_temp_master: server,
  sqlite_temp_schema: server,
};
