//! The few fields of an X.509 certificate that tell why it is not trusted.

use rustls::pki_types::UnixTime;

/// Issuer and subject as they are encoded, and how long the certificate is valid.
pub(super) struct Fields<'a> {
    issuer: &'a [u8],
    subject: &'a [u8],
    not_before: u64,
    not_after: u64,
}

impl Fields<'_> {
    /// Whether the certificate says that it was issued by its own subject.
    pub(super) fn is_self_issued(&self) -> bool {
        self.issuer == self.subject
    }

    pub(super) fn is_expired(&self, now: UnixTime) -> bool {
        now.as_secs() > self.not_after
    }

    pub(super) fn is_early(&self, now: UnixTime) -> bool {
        now.as_secs() < self.not_before
    }
}

/// Reads the fields; None for what is no certificate.
pub(super) fn fields(certificate: &[u8]) -> Option<Fields<'_>> {
    let (body, _) = element(certificate, SEQUENCE)?;
    let (body, _) = element(body, SEQUENCE)?;
    // The version is left out by the first one.
    let body = element(body, VERSION).map_or(body, |(_, rest)| rest);
    let (_, body) = element(body, INTEGER)?;
    let (_, body) = element(body, SEQUENCE)?;
    let (issuer, body) = element(body, SEQUENCE)?;
    let (validity, body) = element(body, SEQUENCE)?;
    let (subject, _) = element(body, SEQUENCE)?;
    let (not_before, validity) = time(validity)?;
    let (not_after, _) = time(validity)?;
    Some(Fields { issuer, subject, not_before, not_after })
}

const INTEGER: u8 = 0x02;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;

/// The content of the DER element of this tag at the front, and what follows it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&found, rest) = bytes.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let mut length = usize::from(first);
    if first >= 0x80 {
        let (digits, behind) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if digits.len() > 4 {
            return None;
        }
        length = digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit));
        rest = behind;
    }
    (found == tag).then(|| rest.split_at_checked(length)).flatten()
}

/// A time in seconds since 1970 (0 for one before), and what follows it.
fn time(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (text, rest, long) = match element(bytes, UTC_TIME) {
        Some((text, rest)) => (text, rest, false),
        None => element(bytes, GENERALIZED_TIME).map(|(text, rest)| (text, rest, true))?,
    };
    let digits: Vec<u64> = text
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| u64::from(byte - b'0'))
        .collect();
    let number = |from: usize, count: usize| -> Option<u64> {
        Some(digits.get(from..from + count)?.iter().fold(0, |sum, digit| sum * 10 + digit))
    };
    let (year, at) = if long {
        (number(0, 4)?, 4)
    } else {
        let short = number(0, 2)?;
        (if short < 50 { 2000 + short } else { 1900 + short }, 2)
    };
    let days = days_since_1970(year, number(at, 2)?, number(at + 2, 2)?)?;
    let seconds = number(at + 4, 2)? * 3600 + number(at + 6, 2)? * 60 + number(at + 8, 2)?;
    Some((days * 86400 + seconds, rest))
}

/// Days of the Gregorian calendar.
fn days_since_1970(year: u64, month: u64, day: u64) -> Option<u64> {
    const BEFORE: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let before = BEFORE.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    if year < 1970 {
        return Some(0);
    }
    let leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let years: u64 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let today = before + day.checked_sub(1)? + u64::from(month > 2 && leap(year));
    Some(years + today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    use std::time::Duration;

    fn at(seconds: u64) -> UnixTime {
        UnixTime::since_unix_epoch(Duration::from_secs(seconds))
    }

    #[test]
    fn a_self_signed_certificate_is_known_and_its_dates_are_read() {
        let pem = include_bytes!("../../../tests/fixtures/tls/certificate.pem");
        let certificate = CertificateDer::from_pem_slice(pem).unwrap();
        let fields = fields(&certificate).unwrap();
        assert!(fields.is_self_issued());
        assert!(fields.is_early(at(1_500_000_000)));
        assert!(!fields.is_early(at(1_600_000_000)));
        assert!(!fields.is_expired(at(1_900_000_000)));
        assert!(fields.is_expired(at(40_000_000_000)));
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(days_since_1970(1970, 1, 1), Some(0));
        assert_eq!(days_since_1970(2000, 2, 29), Some(11016));
        assert_eq!(days_since_1970(2000, 3, 1), Some(11017));
        assert_eq!(days_since_1970(2100, 3, 1), Some(47541));
        assert_eq!(days_since_1970(2000, 13, 1), None);
    }

    #[test]
    fn whatever_is_cut_short_is_no_certificate() {
        let pem = include_bytes!("../../../tests/fixtures/tls/certificate.pem");
        let certificate = CertificateDer::from_pem_slice(pem).unwrap();
        for length in 0..certificate.len() {
            assert!(fields(&certificate[..length]).is_none());
        }
    }
}
