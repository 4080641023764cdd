/** AMD's own `module` dependency, by which a module learns where it was loaded from. */
declare module 'amd-module' {
  const amdModule: { readonly uri: string };
  export default amdModule;
}
