#pragma once

namespace portal {

/// Who may use a route; a mandatory column of the route table, checked before the handler is
/// called.
enum class Access {
    Anyone,         ///< public
    SignedIn,       ///< any accepted identity
    SelfOrStaff,    ///< {username} is the viewer's own login, or the viewer is staff
    AccountMember,  ///< an active member of the allocation that {account} belongs to, or staff
    ProjectMember,  ///< somebody who may see the OpenStack project {project}, or staff
    Staff,
    Operator,  ///< a client on this machine, or in a network that may look after the portal
    ApiWrite,  ///< an API token that may write scripts
    ApiRead,   ///< an API token that may read them
    ApiAdmin,  ///< an API token that may do everything
};

}  // namespace portal
