import { sharedModules } from './shared-modules.ts';

type Define = ((dependencies: readonly string[], factory: (...modules: unknown[]) => unknown) => void) & {
  amd: object;
};

const loading = new Map<string, Promise<unknown>>();

/**
 * Loads an AMD module, as a plugin's module.js is one, and gives it what it shares with Grafana. Loads each address once.
 *
 * @throws Error where it cannot be loaded, or asks for a module that Grafana does not share
 */
export function loadModule(url: string): Promise<unknown> {
  const known = loading.get(url);
  if (known !== undefined) {
    return known;
  }
  const module = load(url);
  loading.set(url, module);
  return module;
}

function load(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const define: Define = (dependencies, factory) => {
      try {
        const uri = new URL(url, document.baseURI).href;
        resolve(factory(...dependencies.map((name) => (name === 'module' ? { uri } : sharedModule(name)))));
      } catch (error) {
        reject(error);
      }
    };
    define.amd = {};
    const script = document.createElement('script');
    script.src = url;
    // A script runs right before its load event, so nobody else's `define` comes between.
    script.onload = () => reject(new Error(`Cannot load ${url}: it defines no AMD module`));
    script.onerror = () => reject(new Error(`Cannot load ${url}: the server does not give it`));
    Object.assign(window, { define });
    document.head.append(script);
  });
}

function sharedModule(name: string): object {
  const module = sharedModules[name];
  if (module === undefined) {
    throw new Error(`Cannot load the plugin: Grafana shares no module ${name}`);
  }
  return module;
}
