//! Pictures of timelines, from the SVG that [`impasse_app::components::timeline::picture`] draws: PNG for previews of
//! links, PDF for print. The fonts are inside the binary, so that a picture is the same on every machine.

use std::sync::{Arc, LazyLock};

use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// See `server/fonts/README.md`.
const FONTS: [&[u8]; 3] = [
    include_bytes!("../fonts/source-sans-3-regular.ttf"),
    include_bytes!("../fonts/source-sans-3-semibold.ttf"),
    include_bytes!("../fonts/source-serif-4-semibold.ttf"),
];

static FONT_DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for font in FONTS {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(font)));
    }
    Arc::new(fonts)
});

/// Why a picture could not be made. All of them are faults of ours: the SVG is our own.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The SVG is not well-formed, or has no size.
    #[error("the drawing cannot be read: {0}")]
    Unreadable(#[from] resvg::usvg::Error),
    /// It is larger than a picture can be.
    #[error("the drawing is too large")]
    TooLarge,
    /// The picture could not be written.
    #[error("the picture cannot be written: {0}")]
    Unwritable(String),
}

fn read(svg: &str) -> Result<Tree, PictureError> {
    let options = Options { fontdb: FONT_DATABASE.clone(), ..Options::default() };
    Ok(Tree::from_str(svg, &options)?)
}

/// An SVG as a PNG of its own size, a pixel for each unit.
///
/// # Errors
/// When the SVG cannot be read or is too large.
pub fn png(svg: &str) -> Result<Vec<u8>, PictureError> {
    let tree = read(svg)?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PictureError::TooLarge)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PictureError::Unwritable(error.to_string()))
}

/// An SVG as a PDF of one page of its own size, with its text as text.
///
/// # Errors
/// When the SVG cannot be read or is too large.
pub fn pdf(svg: &str, title: &str) -> Result<Vec<u8>, PictureError> {
    let tree = read(svg)?;
    // CSS has 96 pixels to the inch, PDF 72 points.
    let (width, height) = (tree.size().width() * 0.75, tree.size().height() * 0.75);
    let settings = krilla::page::PageSettings::from_wh(width, height).ok_or(PictureError::TooLarge)?;
    let size = krilla::geom::Size::from_wh(width, height).ok_or(PictureError::TooLarge)?;
    let mut document = krilla::Document::new();
    document.set_metadata(
        krilla::metadata::Metadata::new().title(title.to_owned()).creator("Impasse".to_owned()),
    );
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    surface.draw_svg(&tree, size, SvgSettings::default()).ok_or(PictureError::TooLarge)?;
    surface.finish();
    page.finish();
    document.finish().map_err(|error| PictureError::Unwritable(format!("{error:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"100\" font-family=\"Source Sans 3\">\
        <text x=\"10\" y=\"50\" font-size=\"40\">Talks</text></svg>";

    #[test]
    fn text_is_drawn_in_our_own_fonts() {
        let pixels = Pixmap::decode_png(&png(SVG).unwrap()).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (200, 100));
        let inked = pixels.pixels().iter().filter(|pixel| pixel.alpha() > 128).count();
        assert!(inked > 300, "only {inked} pixels are dark, so there was no font");
        let other = png(&SVG.replace("Talks", "Stall")).unwrap();
        assert_ne!(png(SVG).unwrap(), other);
        let semibold = SVG.replace("font-size", "font-weight=\"600\" font-size");
        assert_ne!(png(SVG).unwrap(), png(&semibold).unwrap(), "the weight has a font of its own");
        let serif = SVG
            .replace("Source Sans 3", "Source Serif 4")
            .replace("font-size", "font-weight=\"600\" font-size");
        let pixels = Pixmap::decode_png(&png(&serif).unwrap()).unwrap();
        assert!(pixels.pixels().iter().filter(|pixel| pixel.alpha() > 128).count() > 300);
    }

    #[test]
    fn a_pdf_has_one_page_of_the_size_of_the_drawing() {
        let pdf = pdf(SVG, "A title").unwrap();
        assert!(pdf.starts_with(b"%PDF-1."));
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("/MediaBox [0 0 150 75]") || text.contains("/MediaBox[0 0 150 75]"), "{text}");
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        assert!(matches!(png("<svg"), Err(PictureError::Unreadable(_))));
    }
}
