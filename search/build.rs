//! Unpacks ko-dic into the image that the program embeds. No network, no clock: the image depends on the pack alone.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "native")]
    unpack()?;
    Ok(())
}

#[cfg(feature = "native")]
fn unpack() -> Result<(), Box<dyn Error>> {
    use std::{env, fs, path::Path};

    let pack = "dictionary/ko-dic.pack";
    println!("cargo::rerun-if-changed={pack}");
    let image = seoga_dictionary::image::build(&seoga_dictionary::pack::read(&fs::read(pack)?)?)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("ko-dic.image"), image)?;
    Ok(())
}
