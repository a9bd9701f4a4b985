//! What 政治面貌 and 职务, as they stand on the roster, say of somebody's
//! place in a branch.
//!
//! Both are free text. 职务 may name several posts (支部书记、办公室主任); each
//! is looked at by itself.

/// 正式党员: has a vote.
pub fn is_full_member(party_status: &str) -> bool {
    matches!(party_status, "中共党员" | "中共正式党员" | "正式党员" | "党员" | "中国共产党党员")
}

/// 预备党员: a member without a vote.
pub fn is_probationary(party_status: &str) -> bool {
    matches!(party_status, "中共预备党员" | "预备党员" | "中国共产党预备党员")
}

/// 书记, of whatever party organization: who lectures as 书记（主要负责人）.
/// A deputy is none, nor is a court's clerk (书记员).
pub fn is_secretary(post: &str) -> bool {
    each(post).any(|post| secretary(post) && !post.contains("副书记"))
}

/// 支委: 书记, 副书记 or 委员 of a branch. Posts in a 党委, 党组 or 总支 say
/// nothing about the branch.
pub fn sits_on_committee(post: &str) -> bool {
    let above = |post: &str| ["党委", "党组", "总支", "纪委", "工委"].iter().any(|body| post.contains(body));
    each(post).any(|post| !above(post) && (secretary(post) || post.ends_with("委员") || post.ends_with("支委")))
}

fn secretary(post: &str) -> bool {
    post.contains("书记") && !post.contains("书记员") && !post.starts_with('原')
}

fn each(post: &str) -> impl Iterator<Item = &str> {
    post.split(['、', '，', ',', '；', ';', '/', '兼']).flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_and_probationary_members_are_told_apart() {
        assert!(is_full_member("中共党员") && !is_probationary("中共党员"));
        assert!(is_probationary("中共预备党员") && !is_full_member("中共预备党员"));
        for other in ["入党积极分子", "共青团员", "群众", "农工党党员", ""] {
            assert!(!is_full_member(other) && !is_probationary(other), "{other}");
        }
    }

    #[test]
    fn a_deputy_or_a_clerk_is_no_secretary() {
        for post in ["支部书记", "党组书记、局长", "办公室主任兼支部书记", "第一书记"] {
            assert!(is_secretary(post), "{post}");
        }
        for post in ["支部副书记", "书记员", "原支部书记", "主任", ""] {
            assert!(!is_secretary(post), "{post}");
        }
        assert!(is_secretary("党组副书记、支部书记"), "each post by itself");
    }

    #[test]
    fn the_committee_is_the_branch_s_own() {
        for post in ["支部书记", "支部副书记", "组织委员", "办公室主任、宣传委员", "支委"] {
            assert!(sits_on_committee(post), "{post}");
        }
        for post in ["党委委员", "党组书记", "总支书记", "主任科员", ""] {
            assert!(!sits_on_committee(post), "{post}");
        }
    }
}
