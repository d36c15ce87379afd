//! A device that keeps passkeys, in software, and the browser that it is asked through: attestation “none” and ES256
//! (W3C Web Authentication, level 3, 6.1 and 6.5).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Somebody is there, and is who the device knows.
const PRESENT_AND_VERIFIED: u8 = 0b101;
/// What was signed has a credential in it.
const ATTESTED: u8 = 0b100_0000;

/// A passkey with what the browser would say of it.
pub(crate) struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    user: Vec<u8>,
    /// Where the browser is.
    pub(crate) origin: String,
    /// How often it says that it was used.
    pub(crate) counter: u32,
    /// Whether it knows who is there.
    pub(crate) verifies: bool,
}

impl Device {
    /// A device without a passkey, in a browser that is on these pages.
    pub(crate) fn new(origin: &str) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let mut id = vec![0; 32];
        random.fill(&mut id).unwrap();
        Self { key, id, user: Vec::new(), origin: origin.to_owned(), counter: 0, verifies: true }
    }

    /// Answers what a server asks of `navigator.credentials.create`.
    pub(crate) fn make(&mut self, asked: &Value) -> Value {
        let asked = &asked["publicKey"];
        self.user = decoded(&asked["user"]["id"]);
        let client = self.client("webauthn.create", &asked["challenge"]);
        // A map of five: type EC2, algorithm ES256, curve P-256, and the point.
        let point = self.key.public_key().as_ref();
        let mut credential = [[0_u8; 16].as_slice(), &[0, 32], &self.id].concat();
        credential.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32]);
        credential.extend(&point[1..33]);
        credential.extend([0x22, 0x58, 32]);
        credential.extend(&point[33..65]);
        let data = [self.data(&asked["rp"]["id"], ATTESTED), credential].concat();
        let mut object = vec![0xa3];
        for (name, value) in [("fmt", [&[0x64], b"none".as_slice()].concat()), ("attStmt", vec![0xa0])] {
            object.push(0x60 + u8::try_from(name.len()).unwrap());
            object.extend(name.bytes());
            object.extend(value);
        }
        object.extend([&[0x68], b"authData".as_slice(), &[0x58, u8::try_from(data.len()).unwrap()]].concat());
        object.extend(&data);
        json!({
            "id": encoded(&self.id),
            "rawId": encoded(&self.id),
            "type": "public-key",
            "response": {"attestationObject": encoded(&object), "clientDataJSON": encoded(&client)},
            "clientExtensionResults": {"credProps": {"rk": true}},
        })
    }

    /// Answers what a server asks of `navigator.credentials.get`.
    pub(crate) fn sign(&self, asked: &Value) -> Value {
        let asked = &asked["publicKey"];
        let client = self.client("webauthn.get", &asked["challenge"]);
        let data = self.data(&asked["rpId"], 0);
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": encoded(&self.id),
            "rawId": encoded(&self.id),
            "type": "public-key",
            "response": {
                "authenticatorData": encoded(&data),
                "clientDataJSON": encoded(&client),
                "signature": encoded(signature.as_ref()),
                "userHandle": encoded(&self.user),
            },
        })
    }

    /// What the browser says: what is done, on which challenge, on which pages.
    fn client(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        let said = json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false});
        said.to_string().into_bytes()
    }

    /// What the device says: for whom, who is there, how often it was used.
    fn data(&self, party: &Value, flags: u8) -> Vec<u8> {
        let there = if self.verifies { PRESENT_AND_VERIFIED } else { 1 };
        let mut data = Sha256::digest(party.as_str().unwrap()).to_vec();
        data.push(there | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}
