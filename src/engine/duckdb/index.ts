export type { DuckdbConfig, TableConfig } from './config.ts';
export { openDuckdb } from './engine.ts';
export { TemporarySpace } from './instance/temporary-space.ts';
