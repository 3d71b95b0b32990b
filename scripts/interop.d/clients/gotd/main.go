// Real gotd, as somebody's bot: logs in to the practice data centre, or comes back to it.
//
// One errand per start, as JSON on standard input; what happens is told in lines of JSON, as said in
// clients/README.md.
package main

import (
	"context"
	"crypto/rsa"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/gotd/td/session"
	"github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/auth"
	"github.com/gotd/td/telegram/auth/qrlogin"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
	"github.com/gotd/td/transport"
)

type errand struct {
	Way       string                     `json:"way"`
	Transport string                     `json:"transport"`
	Store     string                     `json:"store"`
	Idle      int                        `json:"idle"`
	Dcs       map[string]json.RawMessage `json:"dcs"`
	Answers   map[string][]string        `json:"answers"`
	Key       struct {
		N string `json:"n"`
		E string `json:"e"`
	} `json:"key"`
}

var transports = map[string]dcs.Protocol{
	"abridged":            transport.Abridged,
	"intermediate":        transport.Intermediate,
	"padded intermediate": transport.PaddedIntermediate,
	"full":                transport.Full,
}

func tell(event string, facts map[string]any) {
	facts["event"] = event
	line, err := json.Marshal(facts)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}

// person answers, and remembers what was asked.
type person struct {
	answers map[string][]string
	asked   []string
}

func (p *person) answer(name string) (string, error) {
	p.asked = append(p.asked, name)
	left := p.answers[name]
	if len(left) == 0 {
		return "", fmt.Errorf("asked for the %s once too often", name)
	}
	p.answers[name] = left[1:]
	return left[0], nil
}

func (p *person) Phone(context.Context) (string, error) { return p.answer("phone") }

func (p *person) Password(context.Context) (string, error) { return p.answer("password") }

func (p *person) Code(context.Context, *tg.AuthSentCode) (string, error) { return p.answer("code") }

func (p *person) AcceptTermsOfService(context.Context, tg.HelpTermsOfService) error { return nil }

func (p *person) SignUp(context.Context) (auth.UserInfo, error) {
	return auth.UserInfo{}, fmt.Errorf("nobody asked for a new account")
}

func (e errand) list() ([]tg.DCOption, error) {
	var options []tg.DCOption
	for name, raw := range e.Dcs {
		var host string
		var port int
		if err := json.Unmarshal(raw, &[]any{&host, &port}); err != nil {
			return nil, err
		}
		id, err := strconv.Atoi(name)
		if err != nil {
			return nil, err
		}
		options = append(options, tg.DCOption{ID: id, IPAddress: host, Port: port})
	}
	return options, nil
}

// logIn does what the examples of gotd do: a flow, and a wait where one is told to wait.
func logIn(ctx context.Context, client *telegram.Client, e errand, who *person, scanned qrlogin.LoggedIn) error {
	switch e.Way {
	case "back", "string":
		status, err := client.Auth().Status(ctx)
		if err == nil && !status.Authorized {
			err = fmt.Errorf("the stored session is not logged in")
		}
		return err
	case "bot":
		token, err := who.answer("bot_token")
		if err == nil {
			_, err = client.Auth().Bot(ctx, token)
		}
		return err
	case "qr":
		_, err := client.QR().Auth(ctx, scanned, func(_ context.Context, token qrlogin.Token) error {
			tell("qr", map[string]any{"link": token.URL()})
			return nil
		})
		if tgerr.Is(err, "SESSION_PASSWORD_NEEDED") {
			var password string
			if password, err = who.answer("password"); err == nil {
				_, err = client.Auth().Password(ctx, password)
			}
		}
		return err
	default:
		flow := auth.NewFlow(who, auth.SendCodeOptions{})
		for {
			err := client.Auth().IfNecessary(ctx, flow)
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
			// A flow ends with the first wrong code.
			if tgerr.Is(err, "PHONE_CODE_INVALID") {
				continue
			}
			if waited, err := tgerr.FloodWait(ctx, err); !waited {
				return err
			}
		}
	}
}

func run(e errand) error {
	modulus, ok := new(big.Int).SetString(e.Key.N, 10)
	if !ok {
		return fmt.Errorf("no modulus: %q", e.Key.N)
	}
	exponent, err := strconv.Atoi(e.Key.E)
	if err != nil {
		return err
	}
	options, err := e.list()
	if err != nil {
		return err
	}
	who := &person{answers: e.Answers}
	updates := tg.NewUpdateDispatcher()
	scanned := qrlogin.OnLoginToken(updates)
	storage := &session.FileStorage{Path: e.Store}
	client := telegram.NewClient(12345, "0123456789abcdef0123456789abcdef", telegram.Options{
		DC:             2,
		DCList:         dcs.List{Options: options},
		PublicKeys:     []telegram.PublicKey{{RSA: &rsa.PublicKey{N: modulus, E: exponent}}},
		Resolver:       dcs.Plain(dcs.PlainOptions{Protocol: transports[e.Transport]}),
		SessionStorage: storage,
		UpdateHandler:  updates,
	})
	if e.Way == "string" {
		if err := keep(storage, e.Answers["session"]); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(60+e.Idle)*time.Second)
	defer cancel()
	return client.Run(ctx, func(ctx context.Context) error {
		if err := logIn(ctx, client, e, who, scanned); err != nil {
			return err
		}
		if e.Idle > 0 {
			tell("idle", map[string]any{})
			time.Sleep(time.Duration(e.Idle) * time.Second)
		}
		me, err := client.Self(ctx)
		if err != nil {
			return err
		}
		stored, err := (&session.Loader{Storage: storage}).Load(ctx)
		if err != nil {
			return err
		}
		tell("done", map[string]any{
			"library": version(), "layer": tg.Layer, "asked": who.asked, "dc": stored.DC,
			"keyId": hex.EncodeToString(stored.AuthKeyID),
			"me":    map[string]any{"id": me.ID, "bot": me.Bot, "phone": me.Phone},
		})
		return nil
	})
}

// keep stores a session that somebody has as a string of Telethon.
func keep(storage session.Storage, answers []string) error {
	data, err := session.TelethonSession(answers[0])
	if err != nil {
		return err
	}
	return (&session.Loader{Storage: storage}).Save(context.Background(), data)
}

// version of gotd, as it was built in.
func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/gotd/td" {
			return module.Version[1:]
		}
	}
	return "unknown"
}

func main() {
	var e errand
	if err := json.NewDecoder(os.Stdin).Decode(&e); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := run(e); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
