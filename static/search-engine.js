// The search engine, in this page: loads the engine and the parts of the index that a query wants, as scripts, because a page
// that was opened from a disk may load nothing else. What the parts are, search/src/index/bundle.rs draws.
(function () {
  "use strict";
  var here = document.currentScript.src;
  var FORMAT = 3;
  // A script that has not come by then will not come. A slow network may take a minute for the engine; that it is slow, the
  // interface says long before.
  var PATIENCE = 180000;
  // More hits are no answer, and would load the whole index.
  var MOST_HITS = 1000;
  // Opening takes: the engine, its compilation, the opening block, its reading.
  var STEPS = 4;
  var engineUrl = new URL("engine.js", here).href;
  var indexUrl = new URL("../search-index/", here).href;

  function fault(code, file, message) {
    var error = new Error(message || code + (file ? ": " + file : ""));
    error.code = code;
    error.file = file || null;
    return error;
  }

  // ── Bytes ──

  function fromBase64(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    var binary = atob(text);
    var bytes = new Uint8Array(binary.length);
    for (var at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  }

  // Compressed bytes in base64 → bytes; rejected where they are damaged.
  function unpack(text, file, format) {
    return new Promise(function (resolve) {
      var stream = new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream(format || "deflate-raw"));
      resolve(new Response(stream).arrayBuffer());
    }).then(
      function (buffer) {
        return new Uint8Array(buffer);
      },
      function () {
        throw fault("damaged", file);
      }
    );
  }

  // ── Scripts ──

  // What each script hands over, until it is taken: a promise of it by the script's file.
  var handed = {};
  window.seogaEngineModule = function (format, data) {
    handed["engine.js"] = { format: format, data: data };
  };
  window.seogaIndex = function (data) {
    handed["index.js"] = { data: data };
  };
  window.seogaBlock = function (number, mark, checksum, data) {
    handed[number] = { mark: parseInt(mark, 16), checksum: parseInt(checksum, 16), data: data };
  };

  // Loads a script and takes what it hands over by this key.
  function load(url, key, file) {
    return new Promise(function (resolve, reject) {
      var element = document.createElement("script");
      var timer = setTimeout(function () {
        end(fault("missing", file));
      }, PATIENCE);
      function end(error) {
        clearTimeout(timer);
        element.onload = element.onerror = null;
        element.remove();
        var part = handed[key];
        delete handed[key];
        if (error) reject(error);
        // A server may answer for what it does not have with a page, and a damaged script says nothing.
        else if (part) resolve(part);
        else reject(fault("damaged", file));
      }
      element.onload = function () {
        end(null);
      };
      element.onerror = function () {
        end(fault("missing", file));
      };
      element.async = true;
      element.src = url;
      document.head.appendChild(element);
    });
  }

  // ── The engine ──

  var compiled = null;
  var engine = null;
  // Set when what a cache kept does not fit together: what is loaded from then on is asked for anew.
  // What a worker keeps has addresses of its own, so that a page of it is not given what a browser kept of the network.
  var fresh = navigator.serviceWorker && navigator.serviceWorker.controller ? "kept" : "";

  function progress(done) {
    document.dispatchEvent(new CustomEvent("seoga:search-progress", { detail: { done: done, of: STEPS } }));
  }

  function compile() {
    if (typeof WebAssembly !== "object") return Promise.reject(fault("no-webassembly"));
    if (typeof DecompressionStream !== "function") return Promise.reject(fault("too-old"));
    return load(engineUrl + (fresh && "?" + fresh), "engine.js", "static/engine.js").then(function (part) {
      progress(1);
      if (part.format !== FORMAT) throw fault("version", "static/engine.js");
      // With gzip's checksum: many a flipped bit makes another engine that runs.
      return unpack(part.data, "static/engine.js", "gzip").then(function (bytes) {
        return WebAssembly.compile(bytes).catch(function (error) {
          // Some browsers have it and do not let pages use it.
          if (error instanceof WebAssembly.CompileError && !/disallow|disabled|Content Security/i.test(error.message)) {
            throw fault("damaged", "static/engine.js");
          }
          throw fault("no-webassembly", null, error.message);
        });
      });
    });
  }

  // An instance of the engine, with functions of bytes and text.
  function instance(module) {
    return WebAssembly.instantiate(module).catch(function (error) {
      throw fault("panic", null, String(error));
    }).then(function (made) {
      var dead = false;
      var own = made.exports;
      var decoder = new TextDecoder();
      function written(bytes) {
        var at = own.allocate(bytes.length);
        new Uint8Array(own.memory.buffer, at, bytes.length).set(bytes);
        return at;
      }
      function result() {
        return decoder.decode(new Uint8Array(own.memory.buffer, own.result(), own.result_length()));
      }
      // Whatever stops the engine stops it for good: the next query gets another.
      function call(name, bytes, before, after) {
        if (dead) throw fault("retired");
        try {
          var at = written(bytes);
          own[name].apply(null, before.concat([at, bytes.length], after));
          return result();
        } catch (error) {
          dead = true;
          engine = null;
          var message = String(error);
          try {
            message = result() || message;
          } catch (again) {
            // Its memory cannot be read either.
          }
          throw fault("panic", null, message);
        }
      }
      return {
        call: call,
        // Blocks on their way.
        coming: {},
        memory: function () {
          return own.memory.buffer.byteLength;
        }
      };
    });
  }

  function open() {
    compiled = compiled || compile();
    var opening = load(indexUrl + "index.js" + (fresh && "?" + fresh), "index.js", "search-index/index.js").then(
      function (part) {
        return unpack(part.data, "search-index/index.js");
      }
    );
    return Promise.all([compiled, opening]).then(function (both) {
      progress(2);
      return instance(both[0]).then(function (made) {
        progress(3);
        var said = made.call("open", both[1], [], []);
        if (said) throw faultOf(JSON.parse(said).fault);
        made.version = crcText(both[1]);
        progress(4);
        return made;
      });
    });
  }

  // What tells this index from another in the addresses of its blocks, so that no cache gives those of another: its end,
  // which is its checksum.
  function crcText(opening) {
    return Array.prototype.map
      .call(opening.subarray(-4), function (byte) {
        return (byte + 256).toString(16).slice(1);
      })
      .join("");
  }

  function faultOf(said) {
    return fault(said.code, said.file && "search-index/" + said.file, said.message);
  }

  // What is to be had anew may fit together again; an engine that another query stopped has one after it.
  function isCurable(error) {
    return ["version", "mixed", "damaged", "retired"].indexOf(error.code) >= 0;
  }

  function ready() {
    if (engine) return engine;
    var opened = open();
    engine = opened;
    opened.catch(function () {
      if (engine === opened) engine = null;
      compiled = null;
    });
    return opened;
  }

  // Does something with an open engine, and once more, with what is there now, where parts do not fit together: the site was
  // built anew meanwhile, or a cache had something old or damaged.
  function withEngine(work, isLast) {
    var asked = ready();
    return asked.then(work).catch(function (error) {
      if (isLast || !isCurable(error)) throw error;
      // Another query may have seen to it already.
      if (error.code !== "retired" && (engine === asked || !engine)) refresh();
      return withEngine(work, true);
    });
  }

  // Nothing of what there was is used again: a part that came damaged stays so in the engine that has it, and a cache may
  // keep even that a part is missing.
  function refresh() {
    fresh = "fresh=" + Date.now() + "-" + Math.random().toString(36).slice(2, 8);
    engine = null;
    compiled = null;
  }

  // ── Queries ──

  function bring(made, number, script) {
    var coming = made.coming;
    if (coming[number]) return coming[number];
    var file = "search-index/" + script;
    var address = indexUrl + script + "?" + made.version + (fresh && "&" + fresh);
    coming[number] = load(address, String(number), file)
      .then(function (part) {
        return unpack(part.data, file).then(function (bytes) {
          made.call("insert", bytes, [number, part.mark, part.checksum], []);
        });
      })
      .then(
        function () {
          delete coming[number];
        },
        function (error) {
          delete coming[number];
          throw error;
        }
      );
    return coming[number];
  }

  // The answer, with how often something had to be loaded for it.
  function ask(made, query, limit, language, rounds) {
    var text = new TextEncoder().encode(query.normalize("NFC"));
    var said = JSON.parse(made.call("search", text, [], [limit, language === "en" ? 1 : 0]));
    if (said.answer) {
      said.answer.rounds = rounds;
      return said.answer;
    }
    if (said.fault) throw faultOf(said.fault);
    var wanted = said.wanted;
    return Promise.all(
      wanted.numbers.map(function (number, at) {
        return bring(made, number, wanted.scripts[at]);
      })
    ).then(function () {
      return ask(made, query, limit, language, rounds + 1);
    });
  }

  function search(query, options) {
    var limit = Math.floor(Number(options && options.limit));
    limit = limit >= 1 ? Math.min(limit, MOST_HITS) : 10;
    var language = (options && options.language) || (/^ko/i.test(document.documentElement.lang) ? "ko" : "en");
    var start = performance.now();
    return withEngine(function (made) {
      return ask(made, String(query), limit, language, 0);
    })
      .then(function (answer) {
        answer.query = String(query);
        // What of each hit's own title and heading was found: for the interface, and not part of what scripts are promised.
        answer.hits.forEach(function (hit) {
          var marked = answer.marked.filter(function (word) {
            return hit.title.indexOf(word) >= 0 || hit.heading.indexOf(word) >= 0;
          });
          Object.defineProperty(hit, "marked", { value: marked });
        });
        delete answer.marked;
        answer.took_us = Math.round((performance.now() - start) * 1000);
        return answer;
      });
  }

  window.seogaEngine = {
    search: search,
    prepare: function () {
      return withEngine(function () {});
    },
    // For a reader who asks again after a fault.
    renew: refresh,
    // Bytes that the engine holds; for measurements.
    memory: function () {
      return engine ? engine.then(function (made) { return made.memory(); }) : Promise.resolve(0);
    }
  };
})();
