<?php
// The portal as the identity provider knows it. Assertions are encrypted, logout is signed.
$metadata['@PORTAL@/shibboleth'] = [
    'AssertionConsumerService' => [
        [
            'index' => 1,
            'isDefault' => true,
            'Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
            'Location' => '@PORTAL@/Shibboleth.sso/SAML2/POST',
        ],
        [
            'index' => 2,
            'Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
            'Location' => '@PATHS@/Shibboleth.sso/SAML2/POST',
        ],
        [
            'index' => 3,
            'Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
            'Location' => '@BALANCER@/Shibboleth.sso/SAML2/POST',
        ],
    ],
    'SingleLogoutService' => [
        [
            'Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
            'Location' => '@PORTAL@/Shibboleth.sso/SLO/Redirect',
        ],
        [
            'Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
            'Location' => '@PORTAL@/Shibboleth.sso/SLO/POST',
        ],
    ],
    'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
    'certificate' => 'sp.crt',
    'assertion.encryption' => true,
    'sign.logout' => true,
    'validate.logout' => true,
];
