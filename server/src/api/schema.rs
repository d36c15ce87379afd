//! Schemas that cannot be derived.

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

/// Names the schema of a change of a part: that of the whole, with nothing required and no defaults.
macro_rules! patch {
    ($name:ident of $whole:ident) => {
        #[doc = concat!("The schema of a change of a part of [`", stringify!($whole), "`].")]
        pub(super) struct $name;

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::api::schema::partial(<$whole as utoipa::PartialSchema>::schema())
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }

            fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
                <$whole as utoipa::ToSchema>::schemas(schemas);
            }
        }
    };
}
pub(super) use patch;

/// The schema of an object, with nothing required.
pub(super) fn partial(whole: RefOr<Schema>) -> RefOr<Schema> {
    match whole {
        RefOr::T(Schema::Object(mut object)) => {
            object.required.clear();
            object.description = Some("Fields that are left out stay as they are.".to_owned());
            for property in object.properties.values_mut() {
                if let RefOr::T(Schema::Object(property)) = property {
                    property.default = None;
                }
            }
            RefOr::T(Schema::Object(object))
        }
        other => other,
    }
}
