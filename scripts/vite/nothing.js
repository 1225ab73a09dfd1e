// In place of a module that is left out of the build.
export {};
