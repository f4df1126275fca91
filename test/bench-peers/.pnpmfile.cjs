// Of OpenClaw only the typing module runs, which needs nothing but the package itself; its 65 dependencies would be
// hundreds of megabytes more.
module.exports = {
  hooks: {
    readPackage(manifest) {
      return manifest.name === 'openclaw'
        ? { ...manifest, dependencies: {}, optionalDependencies: {}, peerDependencies: {} }
        : manifest;
    },
  },
};
