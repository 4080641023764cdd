import { join, relative, sep } from 'node:path';
import webpack from 'webpack';

const root = join(import.meta.dirname, '..');

/** What Grafana itself brings, and every plugin shares: a second React in the page would not work. */
export const sharedByGrafana = [
  'react',
  'react-dom',
  'react/jsx-runtime',
  'rxjs',
  'lodash',
  'moment',
  'i18next',
  '@emotion/css',
  '@emotion/react',
  'react-router',
  '@grafana/data',
  '@grafana/ui',
  '@grafana/runtime',
] as const;

/** Where lazy chunks lie, beside module.js. */
export const chunkFolder = 'chunks';

export interface UiBundle {
  /** Names of the files made, `module.js` first. */
  readonly files: readonly string[];
  /** The files that went in, ours and those of packages, relative to the project. */
  readonly inputs: readonly string[];
}

/**
 * Bundles the frontend into an AMD module, as Grafana's loader takes it, and lazy chunks beside it. webpack, since esbuild splits ES modules
 * alone, and writes no AMD.
 *
 * @param folder absolute; made where it is missing
 * @throws Error on a warning too
 */
export async function bundleUi(folder: string): Promise<UiBundle> {
  const stats = await run({
    mode: 'production',
    context: root,
    // What the last exports is the module's.
    entry: { module: [join(root, 'src/ui/public-path.ts'), join(root, 'src/ui/module.ts')] },
    output: {
      path: folder,
      filename: '[name].js',
      chunkFilename: `${chunkFolder}/[name].[contenthash:8].js`,
      library: { type: 'amd' },
      uniqueName: 'quiver-sql-datasource',
      publicPath: '',
    },
    // `amd-module` is AMD's own `module`, which knows the address that it came from.
    externals: [...sharedByGrafana.map((name) => ({ [name]: name })), { 'amd-module': 'module' }],
    resolve: { extensions: ['.ts', '.tsx', '.js'] },
    module: {
      rules: [
        { test: /\.tsx?$/, loader: 'esbuild-loader', options: { target: 'es2022', jsx: 'automatic' } },
        { test: /\.css$/, type: 'asset/source' },
        // ES modules of packages may leave endings away.
        { test: /\.m?js$/, resolve: { fullySpecified: false } },
      ],
    },
    optimization: { chunkIds: 'deterministic', moduleIds: 'deterministic' },
    performance: false,
    devtool: false,
  });
  const {
    assets = [],
    errors = [],
    warnings = [],
  } = stats.toJson({
    all: false,
    assets: true,
    errors: true,
    warnings: true,
  });
  const problems = [...errors, ...warnings].map(({ message, moduleName = 'webpack' }) => `${moduleName}: ${message}`);
  if (problems.length > 0) {
    throw new Error(`Cannot bundle the frontend: ${problems.join('\n')}`);
  }
  const names = assets.map(({ name }) => name).filter((name) => name !== 'module.js');
  return { files: ['module.js', ...names.sort()], inputs: inputsOf(stats.compilation.modules) };
}

function run(configuration: webpack.Configuration): Promise<webpack.Stats> {
  return new Promise((resolve, reject) => {
    const compiler = webpack(configuration);
    compiler.run((failure, stats) => {
      compiler.close((closing) => {
        const error = failure ?? closing;
        if (error || !stats) {
          reject(error ?? new Error('Cannot bundle the frontend: webpack told nothing'));
        } else {
          resolve(stats);
        }
      });
    });
  });
}

/** The files of modules; several may have been joined into one. What Grafana brings has none. */
function inputsOf(modules: Iterable<webpack.Module>): string[] {
  const files = [...modules].flatMap((module) => (isJoined(module) ? [...module.modules] : [module]).map(fileOf));
  return [...new Set(files.filter((file) => file !== undefined))].sort();
}

/** webpack exports no class for it. */
function isJoined(module: webpack.Module): module is webpack.Module & { readonly modules: Iterable<webpack.Module> } {
  return 'modules' in module;
}

function fileOf(module: webpack.Module): string | undefined {
  const path = module.nameForCondition();
  return path === null ? undefined : relative(root, path).split(sep).join('/');
}
