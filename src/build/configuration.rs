//! The site's configuration, found and read before anything else.

use std::path::Path;

use super::BuildError;
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source;

/// `site.yaml`, read, and what is wrong with it. Without one, everything as it is by itself.
#[derive(Default)]
pub struct Configuration {
    pub config: Config,
    pub faults: Vec<Diagnostic>,
    pub text: String,
    /// Its name under the site's folder.
    pub path: &'static str,
}

impl Configuration {
    /// Reads the first of the files that a site's configuration may be.
    pub fn read(root: &Path) -> Result<Self, BuildError> {
        for name in source::walk::CONFIG_NAMES {
            let path = root.join(name);
            match std::fs::read(&path) {
                Ok(bytes) => {
                    let (text, encoding) = source::decode::decode(bytes, name);
                    let (config, mut faults) = Config::parse(&text, name);
                    faults.extend(encoding);
                    // With a fault the policy falls to the safe side, where a site may come out all but empty. Such a
                    // site must not take the place of the one before.
                    let in_doubt = config.publish == source::PublishPolicy::OptIn
                        && faults.iter().any(|fault| fault.severity == Severity::Error);
                    if in_doubt {
                        return Err(BuildError::Configuration(faults));
                    }
                    return Ok(Self { config, faults, text, path: name });
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(source) => return Err(BuildError::Config { path, source }),
            }
        }
        Ok(Self::default())
    }
}
