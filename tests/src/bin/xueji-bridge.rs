//! Serves the window's pages in a browser, on the real core: for tests and
//! for looking at a page while it is written. Never part of the product.
//!
//! ```text
//! VITE_BRIDGE=1 npx vite build --outDir dist-bridge     (in ui/)
//! cargo run -p xueji-tests --bin xueji-bridge -- --pages ui/dist-bridge --data DIR [--sample] [--today 2025-12-31] [--picker FILE]
//! ```
//!
//! It listens on a random port of the loopback address, prints the address
//! with a random token, and answers only who brings the token back as a
//! cookie. `--picker FILE` answers file dialogs: each takes the file's first
//! line and removes it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value, json};
use tiny_http::{Header, Method, Request, Response, Server};
use xueji_api::{App, AppOptions, Clock};

struct Options {
    pages: PathBuf,
    data: PathBuf,
    picker: Option<PathBuf>,
    clock: Clock,
    sample: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        pages: "ui/dist-bridge".into(),
        data: std::env::temp_dir().join("xueji-bridge"),
        picker: None,
        clock: Clock::System,
        sample: false,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
        match argument.as_str() {
            "--pages" => options.pages = value()?.into(),
            "--data" => options.data = value()?.into(),
            "--picker" => options.picker = Some(value()?.into()),
            "--today" => options.clock = Clock::Day(value()?.parse().map_err(|_| "--today wants YYYY-MM-DD")?),
            "--sample" => options.sample = true,
            _ => return Err("usage: xueji-bridge --pages DIR --data DIR [--sample] [--today YYYY-MM-DD] [--picker FILE]".to_owned()),
        }
    }
    Ok(options)
}

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let options = Arc::new(options()?);
    let app = App::new(AppOptions { data_dir: options.data.clone(), clock: options.clock, on_event: Box::new(|_| {}) });
    if options.sample {
        app.call("book.open_sample", Value::Null).map_err(|error| format!("the sample book: {error:?}"))?;
    } else {
        app.open_last();
    }
    let server = Arc::new(Server::http("127.0.0.1:0")?);
    let token = uuid::Uuid::new_v4().simple().to_string();
    println!("http://{}/?token={token}", server.server_addr());
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let (server, app, options, token) = (server.clone(), app.clone(), options.clone(), token.clone());
            std::thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    // A browser that went away is no reason to stop.
                    let _ = answer(request, &app, &options, &token);
                }
            })
        })
        .collect();
    for worker in workers {
        let _ = worker.join();
    }
    Ok(())
}

fn answer(mut request: Request, app: &App, options: &Options, token: &str) -> std::io::Result<()> {
    let url = request.url().to_owned();
    let entering = url.contains(&format!("token={token}"));
    let cookie = format!("token={token}");
    let known = request.headers().iter().any(|header| header.field.equiv("Cookie") && header.value.as_str().contains(&cookie));
    if !entering && !known {
        return request.respond(Response::from_string("token?").with_status_code(403));
    }
    if *request.method() == Method::Post && url == "/bridge/invoke" {
        let mut body = String::new();
        request.as_reader().read_to_string(&mut body)?;
        let (status, value) = match invoke(&serde_json::from_str(&body).unwrap_or_default(), app, options) {
            Ok(value) => (200, value),
            Err(error) => (422, error),
        };
        return request.respond(
            Response::from_string(value.to_string()).with_status_code(status).with_header(header("Content-Type", "application/json")),
        );
    }
    let path = url.split('?').next().unwrap_or("/").trim_start_matches('/');
    let file = options.pages.join(path);
    // A route of the pages is none of the files: all of them begin at index.html.
    let file = if path.is_empty() || path.contains("..") || !file.is_file() { options.pages.join("index.html") } else { file };
    let response = Response::from_data(std::fs::read(&file)?)
        .with_header(header("Content-Type", content_type(&file)))
        .with_header(header("Set-Cookie", &format!("{cookie}; Path=/; SameSite=Strict")));
    request.respond(response)
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("headers are written here as plain text")
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

/// The calls of the shell, answered without one.
fn invoke(call: &Value, app: &App, options: &Options) -> Result<Value, Value> {
    let arguments = &call["args"];
    match call["command"].as_str().unwrap_or_default() {
        "invoke_core" => app
            .dispatch(arguments["name"].as_str().unwrap_or_default(), arguments["request"].clone())
            .map_err(|error| serde_json::to_value(error).unwrap_or_default()),
        "pick_open" | "pick_save" => Ok(picked(options).map_or(Value::Null, |path| json!(app.register_file(path)))),
        "typed_path" => Ok(json!(app.register_file(arguments["path"].as_str().unwrap_or_default().into()))),
        "launch_request" => Ok(json!({ "sample": false, "book": null })),
        "hold_window" | "close_window" => Ok(Value::Null),
        other => Err(json!({ "code": "bad_request", "params": { "name": other }, "field": null, "trace": "" })),
    }
}

fn picked(options: &Options) -> Option<PathBuf> {
    let list = options.picker.as_ref()?;
    let text = std::fs::read_to_string(list).ok()?;
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    std::fs::write(list, rest).ok()?;
    (!first.trim().is_empty()).then(|| PathBuf::from(first.trim()))
}
