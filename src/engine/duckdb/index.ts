export type { DuckdbConfig, TableConfig } from './config.ts';
export { openDuckdb } from './engine.ts';
