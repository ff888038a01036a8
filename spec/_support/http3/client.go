// A client of HTTP/3 for specs. It reads requests from standard input, one JSON object a line, begins each at
// once, and writes an answer for each, in the order in which they come.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"
)

type question struct {
	ID         int               `json:"id"`
	Address    string            `json:"address"`
	Servername string            `json:"servername"`
	Host       string            `json:"host"`
	Path       string            `json:"path"`
	Method     string            `json:"method"`
	Headers    map[string]string `json:"headers"`
	Body       string            `json:"body"`
	Cert       string            `json:"cert"`
	Key        string            `json:"key"`
	Alpn       []string          `json:"alpn"`
	// Requests with one name share a connection, as long as it lasts; without a name it is closed behind the answer.
	Connection string `json:"connection"`
	// Connections with one name of a session resume what an earlier one has learnt.
	Session string `json:"session"`
	// The request is sent before the handshake is over, if the session allows it.
	Early bool `json:"early"`
}

type answer struct {
	ID       int               `json:"id"`
	Error    string            `json:"error,omitempty"`
	Status   int               `json:"status,omitempty"`
	Headers  map[string]string `json:"headers,omitempty"`
	Trailers map[string]string `json:"trailers,omitempty"`
	Body     string            `json:"body,omitempty"`
	// Of the server's certificate.
	Serial  string `json:"serial,omitempty"`
	Curve   string `json:"curve,omitempty"`
	Resumed bool   `json:"resumed,omitempty"`
	Early   bool   `json:"early,omitempty"`
	// Counts the connections of the client that the request is on.
	Dialed int `json:"dialed,omitempty"`
}

type client struct {
	transport *http3.Transport
	mutex     sync.Mutex
	dialed    int
	last      *quic.Conn
}

var (
	mutex    sync.Mutex
	clients  = map[string]*client{}
	sessions = map[string]tls.ClientSessionCache{}
)

func newClient(q question) (*client, error) {
	made := &client{}
	config := &tls.Config{
		InsecureSkipVerify: true,
		ServerName:         q.Servername,
		NextProtos:         q.Alpn,
	}
	if q.Cert != "" {
		pair, err := tls.X509KeyPair([]byte(q.Cert), []byte(q.Key))
		if err != nil {
			return nil, err
		}
		// Whatever authorities the server names, the certificate is shown.
		config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &pair, nil }
	}
	if q.Session != "" {
		mutex.Lock()
		if sessions[q.Session] == nil {
			sessions[q.Session] = tls.NewLRUClientSessionCache(16)
		}
		config.ClientSessionCache = sessions[q.Session]
		mutex.Unlock()
	}
	made.transport = &http3.Transport{
		TLSClientConfig: config,
		QUICConfig:      &quic.Config{HandshakeIdleTimeout: 5 * time.Second, MaxIdleTimeout: 20 * time.Second},
		Dial: func(ctx context.Context, _ string, own *tls.Config, quicConfig *quic.Config) (*quic.Conn, error) {
			own.ServerName = q.Servername
			if len(q.Alpn) > 0 {
				own.NextProtos = q.Alpn
			}
			conn, err := quic.DialAddrEarly(ctx, q.Address, own, quicConfig)
			if err == nil {
				made.mutex.Lock()
				made.dialed++
				made.last = conn
				made.mutex.Unlock()
			}
			return conn, err
		},
	}
	return made, nil
}

func clientFor(q question) (*client, error) {
	if q.Connection == "" {
		return newClient(q)
	}
	mutex.Lock()
	found := clients[q.Connection]
	mutex.Unlock()
	if found != nil {
		return found, nil
	}
	made, err := newClient(q)
	if err != nil {
		return nil, err
	}
	mutex.Lock()
	defer mutex.Unlock()
	if clients[q.Connection] == nil {
		clients[q.Connection] = made
	}
	return clients[q.Connection], nil
}

func ask(q question) answer {
	failed := func(err error) answer { return answer{ID: q.ID, Error: err.Error()} }
	asking, err := clientFor(q)
	if err != nil {
		return failed(err)
	}
	if q.Connection == "" {
		defer asking.transport.Close()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	method := q.Method
	if q.Early {
		method = http3.MethodGet0RTT
	}
	var body io.Reader
	if q.Body != "" {
		body = strings.NewReader(q.Body)
	}
	request, err := http.NewRequestWithContext(ctx, method, fmt.Sprintf("https://%s%s", q.Host, q.Path), body)
	if err != nil {
		return failed(err)
	}
	for name, value := range q.Headers {
		request.Header.Set(name, value)
	}
	response, err := asking.transport.RoundTrip(request)
	if err != nil {
		return failed(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return failed(err)
	}
	told := answer{ID: q.ID, Status: response.StatusCode, Body: string(content)}
	told.Headers = flat(response.Header)
	told.Trailers = flat(response.Trailer)
	asking.mutex.Lock()
	defer asking.mutex.Unlock()
	told.Dialed = asking.dialed
	if asking.last != nil {
		state := asking.last.ConnectionState()
		told.Curve = state.TLS.CurveID.String()
		told.Resumed = state.TLS.DidResume
		told.Early = state.Used0RTT
		if shown := state.TLS.PeerCertificates; len(shown) > 0 {
			told.Serial = shown[0].SerialNumber.String()
		}
		if q.Session != "" && q.Connection == "" {
			// Tickets come behind the handshake.
			time.Sleep(100 * time.Millisecond)
		}
	}
	return told
}

func flat(header http.Header) map[string]string {
	found := map[string]string{}
	for name, values := range header {
		found[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	return found
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<24)
	output := json.NewEncoder(os.Stdout)
	var writing sync.Mutex
	var under sync.WaitGroup
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		under.Add(1)
		go func() {
			defer under.Done()
			told := ask(q)
			writing.Lock()
			defer writing.Unlock()
			if err := output.Encode(told); err != nil {
				os.Exit(1)
			}
		}()
	}
	under.Wait()
}
