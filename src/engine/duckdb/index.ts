export { type DuckdbConfig, openDuckdb, type TableConfig } from './open.ts';
