//! A person's own study (自学): its forms.

/// 学习形式 of self-study that the program knows. Every one of them is
/// self-study for the credits; a clerk may type others.
pub const SELF_STUDY_FORMS: [&str; 5] = ["读书", "网络课程", "文件学习", "调研", "其他自学"];

/// Whether this is a form that the program knows.
pub fn is_known_form(form: &str) -> bool {
    SELF_STUDY_FORMS.contains(&form)
}
