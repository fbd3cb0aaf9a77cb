#include "views/pages/error/error_page.h"

#include <ctemplate/template.h>

#include "views/markers/error_page.tpl.h"
#include "views/parts/value.h"

namespace portal::views {
namespace {

struct ErrorWords {
    const char* heading;
    const char* advice;
};

ErrorWords words_of(int status) {
    switch (status) {
        case 400:
            return {mark("This address is not valid"),
                    mark("Check the address, or start again from your jobs.")};
        case 401:
            return {mark("You are not signed in"), mark("Sign in, then open the page again.")};
        case 403:
            return {mark("This portal is not for your account"),
                    mark("Sign out, then sign in with your account of this cluster.")};
        case 404:
            return {mark("There is no such page"),
                    mark("It doesn't exist, or you don't have access to it.")};
        case 405:
            return {mark("This address can't be used this way"),
                    mark("Check the address, or start again from your jobs.")};
        case 413:
            return {mark("Too much was sent"), mark("Send less at a time.")};
        case 429:
            return {mark("Too many requests"), mark("Wait a moment, then try again.")};
        case 503:
            return {mark("Part of the portal is not answering"),
                    mark("It is not your fault. Try again in a minute.")};
        default:
            return {mark("Something went wrong in the portal"),
                    mark("It is not your fault, and it was written to the log. Try again later.")};
    }
}

/// The portal works, and so does the source: it is the question.
constexpr ErrorWords kTooLong = {mark("This search takes too long"),
                                 mark("Narrow it: fewer days, or a name.")};

/// What to do next, as a button: sign in and come back here, sign out, or leave for the jobs.
void fill_button(const ErrorPage& page, TemplateDictionary& dict) {
    if (page.status == 401) {
        dict.SetValueAndShowSection(kep_SIGN_IN_HREF, page.frame.path, kep_SIGN_IN);
    } else if (page.status != 403) {
        dict.ShowSection(kep_JOBS);
    } else if (!page.sign_out.empty()) {
        dict.SetValueAndShowSection(kep_SIGN_OUT_HREF, page.sign_out, kep_SIGN_OUT);
    }
}

}  // namespace

std::string fill(const ErrorPage& page, TemplateDictionary& dict, const Words& words) {
    dict.SetFilename(words.file("error_page.tpl"));
    const ErrorWords said = page.too_long ? kTooLong : words_of(page.status);
    std::string heading = words.text(said.heading);
    dict.SetIntValue(kep_STATUS, page.status);
    dict.SetValue(kep_HEADING, heading);
    dict.SetValue(kep_ADVICE, words.text(said.advice));
    if (!page.message.empty()) {
        dict.SetValueAndShowSection(kep_MESSAGE_TEXT, words.sentence(page.message), kep_MESSAGE);
    }
    if (page.missing && !page.too_long) {
        dict.ShowSection(kep_SOURCE);
        add_unavailable(dict, kep_AWAY, *page.missing, words);
    }
    fill_button(page, dict);
    if (page.status >= 500 && !page.too_long && !page.contact.empty()) {
        dict.SetValueAndShowSection(kep_CONTACT_TEXT, page.contact, kep_CONTACT);
    }
    return heading;
}

}  // namespace portal::views
