/**
 * DuckDB v1.5.5's functions whose answer is not told by their arguments and the query's time, as `duckdb_functions()` says (VOLATILE), and
 * its macros over them; a test holds all of them. Some leave their state on the connection: `setseed()`, and `random()` after it.
 */
export const volatileFunctions: ReadonlySet<string> = new Set([
  'current_connection_id',
  'current_query',
  'current_query_id',
  'current_transaction_id',
  'currval',
  'error',
  'gen_random_uuid',
  'nextval',
  'pg_sleep',
  'random',
  'setseed',
  'sleep_ms',
  'stats',
  'uuid',
  'uuidv4',
  'uuidv7',
  'write_log',
]);

/**
 * Functions whose answer is told by their arguments and the session's time zone alone, so that a statement of them may be kept prepared,
 * with constants folded. DuckDB's own word is not enough: it calls `age(x)` and `current_localtime()` CONSISTENT, which know today. Those of
 * dashboards are here; what is missing is prepared each time.
 */
export const statelessFunctions: ReadonlySet<string> = new Set(
  `
  + - * / // % ** ^ & | << >> ~ || ~~ !~~ ~~* !~~* ~~~ @ ->>

  count count_star sum avg min max median mode quantile quantile_cont quantile_disc approx_quantile approx_count_distinct stddev stddev_pop
  stddev_samp variance var_pop var_samp mad product bool_and bool_or string_agg arg_max arg_min max_by min_by count_if corr regr_slope
  first last any_value

  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value

  time_bucket date_trunc datetrunc date_part datepart date_diff datediff date_sub epoch epoch_ms epoch_us epoch_ns year month day hour minute
  second millisecond microsecond quarter week dayofweek isodow dayofyear weekday dayname monthname last_day strftime strptime try_strptime
  to_timestamp make_date make_timestamp make_timestamp_ms make_timestamp_ns make_timestamptz timezone to_seconds to_minutes to_hours to_days
  to_weeks to_months to_years to_milliseconds to_microseconds

  abs ceil ceiling floor round trunc sign sqrt cbrt exp ln log log2 log10 pow power mod greatest least pi degrees radians sin cos tan asin acos
  atan atan2 isnan isinf isfinite

  lower upper length strlen substring substr left right trim ltrim rtrim replace concat concat_ws contains starts_with ends_with prefix suffix
  lpad rpad reverse split_part string_split instr strpos position regexp_matches regexp_replace regexp_extract regexp_full_match like_escape
  ilike_escape not_like_escape not_ilike_escape chr ascii md5 sha256 hash format printf
  json_extract json_extract_string json_extract_path json_extract_path_text json_value
  `
    .trim()
    .split(/\s+/),
);
