//! Inputs that are too deep or too long to be stored: what would overflow a stack, or take the time of their length
//! squared (which, with these lengths, nobody would wait for).

/// Levels of whatever nests.
const LEVELS: usize = 50_000;
/// Repetitions of whatever stands side by side.
const LONG: usize = 20_000;

/// An input from a head, a piece that is repeated, a middle, and another repeated piece.
fn nest(head: &str, open: &str, levels: usize, middle: &str, close: &str) -> Vec<u8> {
    format!("{head}{}{middle}{}", open.repeat(levels), close.repeat(levels)).into_bytes()
}

/// The shapes of a target, with what they are.
pub(super) fn of(name: &str) -> impl Iterator<Item = (String, Vec<u8>)> + Send + use<> {
    let inputs = match name {
        "ews" | "autodiscover" | "practice_exchange" => xml(),
        "mime" | "practice_mail" => mail(),
        "settings" | "faults" => toml(),
        "practice_microsoft365" => json("POST /v1.0/users\n"),
        "graph" => graph(),
        "errors_csv" => csv(),
        "stream" | "message_list" => stream(),
        _ => Vec::new(),
    };
    (0..).zip(inputs).map(|(number, input)| (format!("shape {number}"), input))
}

fn xml() -> Vec<Vec<u8>> {
    let mut inputs = Vec::new();
    for pick in ["0", "1", "2", "4", "5", "6"] {
        inputs.push(nest(pick, "<a>", LEVELS, "", "</a>"));
        inputs.push(nest(pick, "<a>", LEVELS, "", ""));
        inputs.push(nest(&format!("{pick}<a "), "b='' ", LONG, "/>", ""));
        inputs.push(nest(&format!("{pick}<a>"), "&", LONG, "</a>", ""));
        inputs.push(nest(&format!("{pick}<a>"), "&lt;", LONG, "</a>", ""));
        inputs.push(nest(&format!("{pick}<a b='"), "&", LONG, "'/>", ""));
        inputs.push(nest(&format!("{pick}<a>"), "<b/>", LONG, "</a>", ""));
        inputs.push(nest(&format!("{pick}<a "), "xmlns:a='b' ", LONG, "/>", ""));
    }
    inputs
}

fn mail() -> Vec<Vec<u8>> {
    let enclosed = "Subject: s\r\nContent-Type: message/rfc822\r\n\r\n";
    let part = |number: usize| format!("Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n");
    let parts: String = (0..LEVELS / 10).map(part).collect();
    let header = "Subject: s\r\n";
    let mixed = "Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
    vec![
        nest("", enclosed, LEVELS / 10, "x", ""),
        nest("Subject: s\r\n", &parts, 1, "x", ""),
        nest(mixed, "--b\r\n\r\nx\r\n", LONG, "", ""),
        nest(mixed, "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: i\r\n\r\nx\r\n", 900, "", ""),
        nest(mixed, "--b", LONG, "", ""),
        nest(header, "X-A: b\r\n", LONG, "\r\nx", ""),
        nest("Subject: ", "=?utf-8?q?a?= ", LONG, "\r\n\r\nx", ""),
        nest("From: s\r\nTo: ", "a <a@b.example>, ", LONG, "\r\n\r\nx", ""),
        nest("From: s\r\nTo: ", "(", LONG, "\r\n\r\nx", ")"),
        nest("From: s\r\nTo: ", "g: ", LONG, "\r\n\r\nx", ";"),
        nest("Subject: s\r\nReferences: ", "<a@b> ", LONG, "\r\n\r\nx", ""),
        nest("Subject: s\r\nContent-Type: text/plain", "; a*0*=b", LONG, "\r\n\r\nx", ""),
        nest("Subject: s\r\nContent-Type: text/html\r\n\r\n", "<a>", LONG, "", ""),
        nest("From a Fri May  4 14:05:44 2001\nSubject: s\n\n", ">From \n", LONG, "", ""),
        nest("", "From a Fri May  4 14:05:44 2001\nSubject: s\n\nx\n\n", LONG / 10, "", ""),
        nest("From a Fri May  4 14:05:44 2001\nSubject: s\n\n", "\nFrom a 1:00\n", LONG, "", ""),
    ]
}

fn toml() -> Vec<Vec<u8>> {
    vec![
        nest("a = ", "[", LEVELS, "", "]"),
        nest("a = ", "{a=", LEVELS, "1", "}"),
        nest("[a", ".a", LEVELS, "]", ""),
        nest("a", ".a", LEVELS, " = 1", ""),
        nest("", "[[fault]]\n", LONG, "", ""),
        nest("a = ", "\"\"\"\n", LONG, "", ""),
    ]
}

fn json(head: &str) -> Vec<Vec<u8>> {
    let filter = |text: String| format!("GET /v1.0/users?$filter={text}\n").into_bytes();
    vec![
        nest(head, "[", LEVELS, "", "]"),
        nest(head, "{\"a\":", LEVELS, "1", "}"),
        nest(&format!("{head}{{\"a\":["), "{},", LONG, "1", "]}"),
        filter("(".repeat(LEVELS / 10)),
        filter("not ".repeat(LEVELS / 10)),
        filter("a eq 1 and ".repeat(LEVELS / 10)),
    ]
}

/// Nested values for each reader, data without end, and JSON in a string in JSON in a string.
fn graph() -> Vec<Vec<u8>> {
    let mut inputs = Vec::new();
    for pick in ["0", "1", "2", "3\n", "4", "5\n", "6", "6\n"] {
        inputs.push(nest(pick, "[", LEVELS, "", "]"));
        inputs.push(nest(pick, "{\"error\":", LEVELS, "1", "}"));
        inputs.push(nest(&format!("{pick}{{\"value\":["), "{\"data\":\"\"},", LONG, "{}", "]}"));
    }
    let mut message = "words".to_owned();
    for _ in 0..64 {
        let quoted = message.replace('\\', "\\u005c").replace('"', "\\u0022");
        message = format!("{{\"message\":\"{quoted}\"}}");
    }
    inputs.push(format!("5\n{message}").into_bytes());
    inputs
}

fn csv() -> Vec<Vec<u8>> {
    let head = "EmailAddress,Retryable\r\n";
    vec![
        nest(head, "a@b.c,true\r\n", LONG, "", ""),
        nest(head, "\"", LONG, "", ""),
        nest(head, ",", LONG, "\r\n", ""),
        nest("", ",", LONG, "\r\n", ""),
        nest(head, "\r\n", LONG, "", ""),
    ]
}

/// An attachment with an embedded item in an attachment with …, and many small things side by side.
fn stream() -> Vec<Vec<u8>> {
    let markers = |bits: &[u32]| bits.iter().flat_map(|bits| bits.to_le_bytes()).collect::<Vec<u8>>();
    let (open, close) = (markers(&[0x4000_0003, 0x4001_0003]), markers(&[0x4002_0003, 0x400E_0003]));
    let nested = |levels: usize| [open.repeat(levels), close.repeat(levels)].concat();
    let listed = |item: Vec<u8>| [markers(&[0x400C_0003]), item, markers(&[0x400D_0003])].concat();
    let mixed = markers(&[0x4003_0003, 0x4004_0003, 0x4000_0003, 0x400E_0003]).repeat(LONG);
    let many = markers(&[0x1001_1003, 0]).repeat(LONG);
    let mut inputs = vec![nested(64), nested(65), nested(LEVELS), open.repeat(LEVELS), mixed, many];
    inputs.extend(inputs.clone().into_iter().map(listed));
    inputs.push(listed(Vec::new()).repeat(LONG));
    inputs
}
