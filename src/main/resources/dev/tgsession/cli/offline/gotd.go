package main

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"strings"

	"github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/auth"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
)

func main() {
	text, _ := os.ReadFile("practice.pem")
	block, _ := pem.Decode(text)
	key, err := x509.ParsePKCS1PublicKey(block.Bytes)
	if err != nil {
		panic(err)
	}
	list := dcs.List{}
	for id := 1; id <= 5; id++ {
		list.Options = append(list.Options, tg.DCOption{ID: id, IPAddress: "127.0.0.1", Port: 20000 + id})
	}
	client := telegram.NewClient(1, strings.Repeat("0", 32), telegram.Options{
		DC: 2, DCList: list, Resolver: dcs.Plain(dcs.PlainOptions{}), PublicKeys: []telegram.PublicKey{{RSA: key}},
	})
	code := func(context.Context, *tg.AuthSentCode) (string, error) { return "22222", nil }
	who := auth.Constant("+9996620001", "", auth.CodeAuthenticatorFunc(code))
	err = client.Run(context.Background(), func(ctx context.Context) error {
		if err := client.Auth().IfNecessary(ctx, auth.NewFlow(who, auth.SendCodeOptions{})); err != nil {
			return err
		}
		me, err := client.Self(ctx)
		if err == nil {
			fmt.Println("logged in as", me.Phone)
		}
		return err
	})
	if err != nil {
		panic(err)
	}
}
