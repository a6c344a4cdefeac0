"""One right message of each family, and changes that make it wrong: they prove that the schema check can fail."""

XML = {"Content-Type": "text/xml; charset=utf-8"}
JSON = {"Content-Type": "application/json; charset=utf-8"}
NAMES = (
    'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" '
    'xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" '
    'xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover"'
)
ANSWERED = '<t:ServerVersionInfo MajorVersion="15" MinorVersion="1" MajorBuildNumber="2507" MinorBuildNumber="6" Version="Exchange2016"/>'


def envelope(header, body):
    """A SOAP message."""
    return f"<s:Envelope {NAMES}><s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>".encode()


def without(call, part, *rules):
    """Changes of one part of a call, each an (old, new) replacement that must hit."""
    for old, new in rules:
        assert old in call[part], old
        yield {part: call[part].replace(old, new)}


def ews():
    """ResolveNames."""
    call = {
        "method": "POST",
        "target": "/EWS/Exchange.asmx",
        "request_headers": XML,
        "status": 200,
        "headers": XML,
        "request": envelope(
            '<t:RequestServerVersion Version="Exchange2010_SP1"/>',
            '<m:ResolveNames ReturnFullContactData="true" SearchScope="ActiveDirectory">'
            "<m:UnresolvedEntry>smtp:a</m:UnresolvedEntry></m:ResolveNames>",
        ),
        "body": envelope(
            ANSWERED,
            '<m:ResolveNamesResponse><m:ResponseMessages><m:ResolveNamesResponseMessage ResponseClass="Error">'
            "<m:MessageText>No results were found.</m:MessageText>"
            "<m:ResponseCode>ErrorNameResolutionNoResults</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>"
            "</m:ResolveNamesResponseMessage></m:ResponseMessages></m:ResolveNamesResponse>",
        ),
    }
    wrong = [
        *without(
            call,
            "request",
            (b"Exchange2010_SP1", b"Exchange2011"),
            (b"UnresolvedEntry", b"Entry"),
            (b'="true"', b'="yes"'),
        ),
        *without(
            call,
            "body",
            (b"ErrorNameResolutionNoResults", b"ErrorNothing"),
            (b'ResponseClass="Error"', b""),
            (ANSWERED.encode(), b""),
            (b"</s:Envelope>", b""),
        ),
        {"headers": {"Content-Type": "application/soap+xml"}},
        {"status": 418},
    ]
    return "EWS", call, wrong


def out_of_office():
    """GetUserOofSettings."""
    call = {
        "method": "POST",
        "target": "/ews/exchange.asmx",
        "request_headers": XML,
        "status": 200,
        "headers": XML,
        "request": envelope(
            '<t:RequestServerVersion Version="Exchange2010_SP1"/>',
            "<m:GetUserOofSettingsRequest><t:Mailbox><t:Address>nina@fabrikam.test</t:Address></t:Mailbox>"
            "</m:GetUserOofSettingsRequest>",
        ),
        "body": envelope(
            ANSWERED,
            '<m:GetUserOofSettingsResponse><m:ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>'
            "</m:ResponseMessage><t:OofSettings><t:OofState>Disabled</t:OofState><t:ExternalAudience>All</t:ExternalAudience>"
            "</t:OofSettings><m:AllowExternalOof>All</m:AllowExternalOof></m:GetUserOofSettingsResponse>",
        ),
    }
    return (
        "out of office",
        call,
        [
            *without(call, "request", (b"t:Address", b"t:EmailAddress")),
            *without(call, "body", (b"Disabled", b"Off"), (b"NoError", b"None")),
        ],
    )


def autodiscover():
    """SOAP GetUserSettings."""
    call = {
        "method": "POST",
        "target": "/autodiscover/autodiscover.svc",
        "request_headers": XML,
        "status": 200,
        "headers": XML,
        "request": envelope(
            "<a:RequestedServerVersion>Exchange2010</a:RequestedServerVersion>",
            "<a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>nina@fabrikam.test</a:Mailbox></a:User>"
            "</a:Users><a:RequestedSettings><a:Setting>ExternalEwsUrl</a:Setting></a:RequestedSettings></a:Request>"
            "</a:GetUserSettingsRequestMessage>",
        ),
        "body": envelope(
            "<a:ServerVersionInfo><a:MajorVersion>15</a:MajorVersion><a:MinorVersion>1</a:MinorVersion><a:MajorBuildNumber>1"
            "</a:MajorBuildNumber><a:MinorBuildNumber>1</a:MinorBuildNumber><a:Version>Exchange2016</a:Version></a:ServerVersionInfo>",
            "<a:GetUserSettingsResponseMessage><a:Response><a:ErrorCode>NoError</a:ErrorCode><a:ErrorMessage/>"
            "</a:Response></a:GetUserSettingsResponseMessage>",
        ),
    }
    return (
        "SOAP Autodiscover",
        call,
        [
            *without(call, "request", (b"a:Setting>", b"a:Wish>"), (b"a:RequestedServerVersion", b"a:Version")),
            *without(
                call,
                "body",
                (b"<a:ErrorCode>NoError</a:ErrorCode>", b""),
                (b"<a:MajorVersion>15", b"<a:MajorVersion>new"),
            ),
        ],
    )


def plain_autodiscover():
    """POX."""
    root = "http://schemas.microsoft.com/exchange/autodiscover"
    call = {
        "method": "POST",
        "target": "/autodiscover/autodiscover.xml",
        "request_headers": XML,
        "status": 200,
        "headers": XML,
        "request": f'<Autodiscover xmlns="{root}/outlook/requestschema/2006"><Request><EMailAddress>nina@fabrikam.test'
        f"</EMailAddress><AcceptableResponseSchema>{root}/outlook/responseschema/2006a</AcceptableResponseSchema></Request>"
        "</Autodiscover>",
        "body": f'<Autodiscover xmlns="{root}/responseschema/2006"><Response xmlns="{root}/outlook/responseschema/2006a"><Account>'
        "<AccountType>email</AccountType><Action>settings</Action><Protocol><Type>EXPR</Type>"
        "<EwsUrl>https://mail.fabrikam.test/EWS/Exchange.asmx</EwsUrl></Protocol></Account></Response></Autodiscover>",
    }
    call["request"], call["body"] = call["request"].encode(), call["body"].encode()
    return (
        "plain Autodiscover",
        call,
        [
            *without(call, "request", (b"2006a", b"2007"), (b"requestschema", b"responseschema")),
            *without(call, "body", (b"<Action>settings</Action>", b""), (b"EXPR", b"IMAP"), (b"EwsUrl", b"EwsURL")),
        ],
    )


def graph():
    """A folder in the import API, and creating one."""
    call = {
        "method": "POST",
        "target": "/v1.0/admin/exchange/mailboxes/MBX:1@2/folders",
        "request_headers": JSON,
        "status": 201,
        "headers": JSON,
        "request": b'{"displayName":"Tenders","type":"IPF.Note"}',
        "body": b'{"@odata.context":"x","id":"AAMk","displayName":"Tenders","type":"IPF.Note","wellKnownName":null,"totalItemCount":0}',
    }
    return (
        "Graph",
        call,
        [
            *without(call, "request", (b"displayName", b"name"), (b'"IPF.Note"', b"7")),
            *without(
                call, "body", (b"totalItemCount", b"itemCount"), (b'"AAMk"', b"null"), (b"0}", b'"0"}'), (b"}", b"")
            ),
            {"status": 200},
            {"method": "PUT"},
            {"target": call["target"] + "?$wish=1"},
            {"headers": {}},
        ],
    )


def import_item():
    """The pre-authenticated import address."""
    call = {
        "method": "POST",
        "target": "/api/gv1.0/Mailboxes('MBX:1@2')/importItem?authtoken=eyJ",
        "request_headers": JSON,
        "status": 200,
        "headers": JSON,
        "request": b'{"FolderId":"AAMk","Mode":"create","Data":"AQAAAA=="}',
        "body": b'{"itemId":"AAMk","changeKey":"CQ"}',
    }
    return (
        "import address",
        call,
        [
            *without(
                call,
                "request",
                (b"FolderId", b"folderId"),
                (b'"create"', b'"create","ItemId":"A"'),
                (b"create", b"update"),
            ),
            *without(call, "body", (b"itemId", b"ItemId")),
            {"request_headers": JSON | {"Authorization": "Bearer x"}},
        ],
    )


def token():
    """Client credentials."""
    call = {
        "method": "POST",
        "target": "/contoso.test/oauth2/v2.0/token",
        "status": 200,
        "headers": JSON,
        "request_headers": {"Content-Type": "application/x-www-form-urlencoded"},
        "request": b"client_id=6dd9c1c0-0000-4000-8000-000000000001&grant_type=client_credentials&client_secret=s"
        b"&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default",
        "body": b'{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"eyJ"}',
    }
    return (
        "token endpoint",
        call,
        [
            *without(
                call,
                "request",
                (b"client_credentials", b"password"),
                (b".default", b"User.Read"),
                (b"client_secret", b"secret"),
            ),
            *without(call, "body", (b"access_token", b"accessToken"), (b"3599,", b'"3599",')),
        ],
    )


def invoke_command():
    """An Exchange admin cmdlet."""
    call = {
        "method": "POST",
        "target": "/adminapi/beta/contoso.test/InvokeCommand",
        "status": 200,
        "headers": JSON,
        "request_headers": JSON
        | {
            "Authorization": "Bearer eyJ",
            "X-CmdletName": "Get-Recipient",
            "X-AnchorMailbox": "APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@contoso.test",
        },
        "request": b'{"CmdletInput":{"CmdletName":"Get-Recipient","Parameters":{"Identity":"nina@fabrikam.test"}}}',
        "body": b'{"@odata.context":"x","value":[{"Identity":"Nina"}]}',
    }
    return (
        "Exchange admin",
        call,
        [
            *without(call, "request", (b"CmdletInput", b"cmdletInput"), (b'"nina@fabrikam.test"', b'{"Add":["x"]}')),
            *without(call, "body", (b'"value"', b'"values"')),
            {"request_headers": JSON},
        ],
    )


def pairs():
    """Every family."""
    return [
        ews(),
        out_of_office(),
        autodiscover(),
        plain_autodiscover(),
        graph(),
        import_item(),
        token(),
        invoke_command(),
    ]
