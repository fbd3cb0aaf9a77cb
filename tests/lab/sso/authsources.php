<?php
// Who can sign in at the lab's identity provider: the lab's accounts (people.json, by lab.sh), and
// the odd ones, all with the password "odd": what institutions really send, and what they should
// not.
function person(array $principals, array $affiliations, array $more = []): array
{
    return array_filter([
        'eduPersonPrincipalName' => $principals,
        'eduPersonScopedAffiliation' => $affiliations,
    ] + $more);
}

$odd = [
    // of another institution, with names that its metadata does not speak for
    'odd-foreign' => person(
        ['alice@evil.example'],
        ['staff@evil.example', 'staff@alliancecan.ca.evil.example']
    ),
    // no affiliation at all
    'odd-plain' => person(['bob@alliancecan.ca'], []),
    // the institution says what they are, but not who
    'odd-nameless' => person([], ['staff@alliancecan.ca']),
    'odd-nothing' => person([], [], ['displayName' => ['Nobody']]),
    // two names; the first one counts
    'odd-two' => person(['bob@alliancecan.ca', 'staff@alliancecan.ca'], ['member@alliancecan.ca']),
    // values that a search for a part of them would take for staff
    'odd-tricky' => person(
        ['carol@alliancecan.ca'],
        ['member@alliancecan.ca', 'nonstaff@alliancecan.ca', 'member;staff@alliancecan.ca',
            'STAFF@ALLIANCECAN.CA.evil.example'],
        ['displayName' => ['a;b\\c;staff@alliancecan.ca', "two\nlines"]]
    ),
    // a domain in capitals
    'odd-upper' => person(['Alice@AllianceCan.CA'], ['STAFF@alliancecan.ca']),
    // a name that the cluster does not know, and some that are none
    'odd-unknown' => person(['nosuchperson@alliancecan.ca'], ['member@alliancecan.ca']),
    'odd-markup' => person(['<b>alice</b>@alliancecan.ca'], ['staff@alliancecan.ca']),
    'odd-at' => person(['alice@evil.example@alliancecan.ca'], ['staff@alliancecan.ca']),
    // no domain, and none of theirs either
    'odd-unscoped' => person(['alice'], ['staff']),
    // what would be two names, or another one, if somebody cut at the odd character
    'odd-joined' => person(['alice;staff@alliancecan.ca'], ['staff@alliancecan.ca']),
    'odd-tab' => person(["alice\t@alliancecan.ca"], ["member@alliancecan.ca\tstaff"]),
    'odd-lines' => person(["alice@alliancecan.ca\nREMOTE_USER: staff"], ['staff@alliancecan.ca']),
    'odd-invisible' => person(["al\u{200B}ice@alliancecan.ca"], ["staff@alliancecan.ca\u{202E}"]),
    'odd-long' => person([str_repeat('a', 300) . '@alliancecan.ca'], ['staff@alliancecan.ca']),
];

$people = ['exampleauth:UserPass'];
foreach (json_decode(file_get_contents('@SSO@/idp/people.json'), true) as $one) {
    $people["{$one['login']}:{$one['password']}"] =
        person(["{$one['login']}@alliancecan.ca"], explode(';', $one['affiliation']));
}
foreach ($odd as $login => $attributes) {
    $people["$login:odd"] = $attributes;
}
$config = ['admin' => ['core:AdminPassword'], 'people' => $people];
